"""The key store: secrets lie as files of mode 600 in DATA/keys, never in a database or a backup.

A key's name is a path below the folder: "link/1", "poll/<panel>/<poll>", "panel/<panel>", "identity".
"""

import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

from canvass.datafolder.folder import write_whole

KEY_BYTES = 32
_NAME = re.compile(r"[a-z0-9][a-z0-9-]*(/[a-z0-9][a-z0-9-]*)*")


class KeyMissing(Exception):
    """The key is gone: destroyed on purpose, or the folder was restored without its keys."""


@dataclass(frozen=True, slots=True)
class KeyStore:
    folder: Path

    def _file(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise ValueError(f"not a key's name: {name!r}")
        return self.folder / f"{name}.key"

    def get(self, name: str) -> bytes:
        """The key's 32 bytes. Raises KeyMissing."""
        try:
            return self._file(name).read_bytes()
        except FileNotFoundError as error:
            raise KeyMissing(name) from error

    def get_or_make(self, name: str) -> bytes:
        """The key's bytes, made from the system's randomness when first asked for."""
        try:
            return self.get(name)
        except KeyMissing:
            file = self._file(name)
            file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            draft = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
            write_whole(draft, secrets.token_bytes(KEY_BYTES), mode=0o600)
            try:
                os.link(draft, file)  # the first of two processes wins; both then read one key
            except FileExistsError:
                pass
            finally:
                draft.unlink()
            return self.get(name)

    def destroy(self, name: str) -> bool:
        """Overwrite the key where it lies and remove it. False where there was none."""
        file = self._file(name)
        try:
            with file.open("r+b", buffering=0) as held:
                held.write(secrets.token_bytes(KEY_BYTES))
                os.fsync(held.fileno())
        except FileNotFoundError:
            return False
        file.unlink()
        return True

    def names(self, below: str) -> list[str]:
        """Names of the keys below a prefix, sorted: names("link") -> ["link/1", "link/2"]."""
        folder = self.folder / below
        return sorted(f"{below}/{file.relative_to(folder).with_suffix('')}" for file in folder.rglob("*.key"))
