"""`python3 -m launcher --folder FOLDER --build BUILD`: returns once the emulator answers, or says why it does not."""
import argparse
import importlib.metadata
import pathlib
import sys

from launcher import daemon, service

SUPPORTED = "5.2."

# The program that starts us tells these apart; see Emulator/EmulatorLauncher.cs.
UNSUPPORTED_MOTO = 3


def main() -> int:
    parser = argparse.ArgumentParser(prog="launcher")
    parser.add_argument("--folder", type=pathlib.Path, required=True, help="where record, lock and log are kept")
    parser.add_argument("--build", required=True, help="the digest of this launcher, written into the record")
    arguments = parser.parse_args()

    version = importlib.metadata.version("moto")
    if not version.startswith(SUPPORTED):
        print(f"moto {version} is not supported: the mends are written for {SUPPORTED}x", file=sys.stderr)
        return UNSUPPORTED_MOTO

    return daemon.start(
        log=arguments.folder / "emulator.log",
        run=lambda ready: service.run(arguments.folder, arguments.build, version, ready))


if __name__ == "__main__":
    sys.exit(main())
