"""The port of encoders. Apart from the other ports, because importing numpy takes what light processes have not."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt


class Embedder(Protocol):
    """Turns texts into vectors, near each other where they mean the same, in whatever language."""

    @property
    def name(self) -> str:
        """Of the model and its version: vectors of different names can't be compared."""
        ...

    @property
    def dimensions(self) -> int:
        """Numbers of one vector."""
        ...

    def embed(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """(texts, dimensions): rows of length 1; of zeros for a text without words."""
        ...
