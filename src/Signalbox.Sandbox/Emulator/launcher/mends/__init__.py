"""What stock moto does differently from AWS in a way that Terraform notices, put right: one file, one defect.

A mend is a module here with a `mend()` function and a docstring: what moto does, what AWS does, why it matters.
To add one, write the file, name it in ALL, and give it a case in tests/emulator that fails without it.
`SIGNALBOX_MENDS_OFF=ecs,rds` (or `all`) leaves mends out, so that each case can be seen to fail.
"""
from types import ModuleType

from launcher.mends import (
    application_autoscaling,
    awslambda,
    budgets,
    cloudfront,
    ecr,
    ecs,
    performance_insights,
    rds,
    response_headers_policies,
    security_groups,
    unimplemented,
)

ALL: dict[str, ModuleType] = {
    module.__name__.rpartition(".")[2]: module
    for module in (
        application_autoscaling,
        awslambda,
        budgets,
        cloudfront,
        ecr,
        ecs,
        performance_insights,
        rds,
        response_headers_policies,
        security_groups,
        unimplemented,
    )
}


def apply(off: str) -> None:
    """`off` names the mends to leave out, separated by commas."""
    left_out = {name for name in off.split(",") if name}
    unknown = left_out - ALL.keys() - {"all"}
    if unknown:
        raise SystemExit(f"SIGNALBOX_MENDS_OFF names no mend: {', '.join(sorted(unknown))}")
    for name, module in ALL.items():
        if "all" not in left_out and name not in left_out:
            module.mend()
