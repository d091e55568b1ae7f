from collections.abc import Mapping
from typing import Any, Protocol

class ManagedPolicyLoader(Protocol):
    def load(self) -> Mapping[str, str]: ...

def transform(
    input_fragment: dict[str, Any], parameter_values: dict[str, Any], managed_policy_loader: ManagedPolicyLoader
) -> dict[str, Any]: ...
