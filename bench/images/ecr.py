"""An ECR that answers at once: 10,000 images, 1,000 a page, every tenth of the family `prefect-deployer`."""
import base64
import hashlib
import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

COUNT = 10_000
CONFIG = json.dumps({"os": "linux", "architecture": "amd64",
                     "config": {"Labels": {"dev.signalbox.family": "prefect-deployer"}}}).encode()
MANIFEST = json.dumps({
    "schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json",
    "config": {"digest": f"sha256:{hashlib.sha256(CONFIG).hexdigest()}", "size": len(CONFIG)}, "layers": []}).encode()


def tag(number: int) -> str:
    return f"prefect-deployer-3-python3.12-{number:07x}" if number % 10 == 0 else f"{number:040x}"


def detail(number: int) -> dict:
    return {"registryId": "123456789012", "repositoryName": "blog-data", "imageDigest": f"sha256:{number:064x}",
            "imageTags": [tag(number)], "imageSizeInBytes": 300_000_000, "imagePushedAt": 1_700_000_000 + number,
            "imageManifestMediaType": "application/vnd.oci.image.manifest.v1+json"}


DETAILS = [detail(number) for number in range(COUNT)]
PAGES = [json.dumps({"imageDetails": DETAILS[first:first + 1000],
                     **({"nextToken": str(first + 1000)} if first + 1000 < COUNT else {})}).encode()
         for first in range(0, COUNT, 1000)]
BY_TAG = {one["imageTags"][0]: one for one in DETAILS}
IDENTITY = (b"<GetCallerIdentityResponse xmlns='https://sts.amazonaws.com/doc/2011-06-15/'><GetCallerIdentityResult>"
            b"<Arn>arn:aws:iam::123456789012:user/bench</Arn><UserId>U</UserId><Account>123456789012</Account>"
            b"</GetCallerIdentityResult></GetCallerIdentityResponse>")


class Registry(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.say(MANIFEST if "/manifests/" in self.path else CONFIG)

    def do_POST(self) -> None:
        question = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        target = self.headers.get("X-Amz-Target", "")
        if target.endswith("GetAuthorizationToken"):
            host, port = self.server.server_address[:2]
            self.say(json.dumps({"authorizationData": [{
                "authorizationToken": base64.b64encode(b"AWS:password").decode(), "expiresAt": 4_102_444_800,
                "proxyEndpoint": f"http://{host}:{port}"}]}).encode())
        elif target.endswith("DescribeImages"):
            asked = json.loads(question)
            if ids := asked.get("imageIds"):
                self.say(json.dumps({"imageDetails": [BY_TAG[ids[0]["imageTag"]]]}).encode())
            else:
                self.say(PAGES[int(asked.get("nextToken", 0)) // 1000])
        else:
            self.say(IDENTITY)

    def say(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Registry)
    print(server.server_address[1], flush=True)
    sys.stdout.close()
    server.serve_forever()
