"""Lambda GetFunction hides a reserved concurrency of nought.

moto leaves Concurrency out when the reserved number is 0, as if nothing were reserved; AWS answers 0, which is how a
function is switched off. With stock moto a parked function plans `-1 -> 0` for ever.
"""
from typing import Any

from moto.awslambda.models import LambdaFunction

from launcher.mends.replacing import instead_of


def mend() -> None:
    @instead_of(LambdaFunction, "get_code")
    def get_code(original: Any, self: Any) -> dict[str, Any]:
        answer = original(self)
        if self.reserved_concurrency is not None:
            answer["Concurrency"] = {"ReservedConcurrentExecutions": self.reserved_concurrency}
        return answer
