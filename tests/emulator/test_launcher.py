"""The emulator as a process: one a folder, loopback only, behind a token, and gone when told or forgotten."""
import os
import pathlib
import signal
import socket
import tempfile
import unittest
from typing import ClassVar

from emulator import Emulator


class Living(unittest.TestCase):
    """What can be seen without ending it: one emulator serves all."""

    emulator: ClassVar[Emulator]

    @classmethod
    def setUpClass(cls) -> None:
        cls.emulator = Emulator()
        cls.addClassCleanup(cls.emulator.stop)

    def test_a_folder_never_has_two(self) -> None:
        second = self.emulator.launch()

        self.assertEqual(second.returncode, 1)
        self.assertIn("another emulator of this folder is alive", self.emulator.log())
        self.assertEqual(self.emulator.door("GET", "/_signalbox/alive")[0], 200)

    def test_it_has_a_session_of_its_own(self) -> None:
        self.assertEqual(os.getsid(self.emulator.record["process"]), self.emulator.record["process"])

    def test_it_listens_on_loopback_only(self) -> None:
        with socket.socket() as caller, self.assertRaises(OSError):
            caller.connect(("127.0.0.2", self.emulator.record["port"]))

    def test_no_door_opens_without_the_token(self) -> None:
        doors = (("GET", "/_signalbox/alive"), ("GET", "/_signalbox/snapshot"), ("PUT", "/_signalbox/snapshot"))
        for method, path in doors:
            with self.subTest(path=path, method=method):
                self.assertEqual(self.emulator.door(method, path, token="guess", body=b"x")[0], 403)

    def test_another_series_of_moto_is_refused_before_anything_starts(self) -> None:
        with tempfile.TemporaryDirectory() as packages:
            described = pathlib.Path(packages) / "moto-4.2.0.dist-info"
            described.mkdir()
            (described / "METADATA").write_text("Metadata-Version: 2.1\nName: moto\nVersion: 4.2.0\n")

            refused = self.emulator.launch(also_on_path=packages)

        self.assertEqual(refused.returncode, 3)
        self.assertIn("moto 4.2.0 is not supported", refused.stderr)


class Ending(unittest.TestCase):
    def setUp(self) -> None:
        self.emulator = Emulator()
        self.addCleanup(self.emulator.stop)

    def test_it_ends_when_told_and_leaves_no_record(self) -> None:
        os.kill(self.emulator.record["process"], signal.SIGTERM)

        self.assertTrue(self.emulator.ends())
        self.assertFalse((self.emulator.folder / "emulator.json").exists())

    def test_it_ends_by_itself_when_its_record_is_gone(self) -> None:
        (self.emulator.folder / "emulator.json").unlink()

        self.assertTrue(self.emulator.ends())

    def test_a_misspelt_mend_is_not_silently_on(self) -> None:
        os.kill(self.emulator.record["process"], signal.SIGTERM)
        self.emulator.ends()

        self.assertEqual(self.emulator.launch(mends_off="esc").returncode, 1)
        self.assertIn("names no mend: esc", self.emulator.log())


if __name__ == "__main__":
    unittest.main()
