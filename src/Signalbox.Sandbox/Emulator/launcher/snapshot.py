"""The whole emulated account as bytes, and back. Restoring runs what the bytes say: the caller vouches for them."""
import importlib
import io
import pickle
import threading
import types
import weakref
import zlib
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from moto.core.base_backend import BackendDict, backend_lock

_LOCK = type(threading.Lock())
_REENTRANT_LOCK = type(threading.RLock())


class Unsavable(Exception):
    """A service's state cannot be written; leaving it out would restore an account that never was."""


def take() -> bytes:
    with backend_lock:
        states = {
            (type(backend).__module__, account, region): backend
            for services in _in_use()
            for account, region, backend in services.iter_backends()
        }
        try:
            # One pickle, not one for each: backends hold each other's objects.
            return zlib.compress(_pickled(states), level=1)
        except Exception as problem:  # pickling runs the models' own code, which may raise anything
            raise Unsavable(_culprits(states) or str(problem)) from problem


def restore(content: bytes) -> None:
    with backend_lock:
        # First, because it closes the buffers of every S3 object that exists, the restored ones included.
        BackendDict.reset()
        states = pickle.loads(zlib.decompress(content))
        for (module, account, region), backend in states.items():
            for services in vars(importlib.import_module(module)).values():
                if isinstance(services, BackendDict) and services.backend is type(backend):
                    dict.__setitem__(services[account], region, backend)
                    _tell_owners(services, backend)


def _tell_owners(services: Any, backend: Any) -> None:
    """S3 keeps beside its backends who owns which bucket; without it a bucket would be made again, and empty."""
    if hasattr(services, "bucket_accounts"):
        for name in backend.buckets:
            services.bucket_accounts[name] = (backend.partition, backend.account_id)


def _culprits(states: dict[tuple[str, str, str], Any]) -> str:
    problems = []
    for (module, _, region), backend in states.items():
        try:
            _pickled(backend)
        except Exception as problem:
            problems.append(f"{module} in {region}: {problem}")
    return "; ".join(problems)


def _in_use() -> list[BackendDict]:
    """moto lists a service once for every account that it has."""
    return list({id(services): services for services in BackendDict._instances}.values())


def _pickled(value: Any) -> bytes:
    content = io.BytesIO()
    _Pickler(content, protocol=5).dump(value)
    return content.getvalue()


class _Pickler(pickle.Pickler):
    """Teaches pickle what moto's models hold and pickle refuses."""

    def reducer_override(self, value: Any) -> Any:
        if isinstance(value, _LOCK):
            return threading.Lock, ()
        if isinstance(value, _REENTRANT_LOCK):
            return threading.RLock, ()
        if isinstance(value, x509.Certificate):
            return _certificate, (value.public_bytes(serialization.Encoding.PEM),)
        if hasattr(value, "private_bytes"):
            return _private_key, (_private_bytes(value),)
        if isinstance(value, weakref.WeakValueDictionary):
            return _weak_dictionary, (dict(value),)
        if isinstance(value, types.ModuleType):
            return importlib.import_module, (value.__name__,)
        if isinstance(value, types.LambdaType) and "LambdaStorage" in value.__qualname__:
            return _dictionary_factory, ()
        return NotImplemented


def _certificate(content: bytes) -> x509.Certificate:
    return x509.load_pem_x509_certificate(content)


def _private_bytes(key: Any) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())


def _private_key(content: bytes) -> Any:
    return serialization.load_pem_private_key(content, None)


def _weak_dictionary(items: dict[Any, Any]) -> weakref.WeakValueDictionary[Any, Any]:
    return weakref.WeakValueDictionary(items)


def _dictionary_factory() -> type[dict[Any, Any]]:
    """Stands for the lambda in moto's LambdaStorage that makes a missing entry."""
    return dict
