"""Random weights that show mistakes: nothing is 0 or 1, attention is far from even, some 10 to 40 % of the
dimensions light up."""

import math
import zlib

import numpy as np
import torch
from transformers import PreTrainedModel

# Small embeddings, so that the norms' epsilon shows; the head's norm makes up for it.
EMBEDDING_SCALE = 0.1
HEAD_GAIN = 3.5
# The width of the small models; logits of a wide one are as large.
NARROW = 32
# With more layers than this the weights are calmer: rounding must not grow from layer to layer.
DEEP = 4
HEAD_NORMS = ("head.norm.", "predictions.transform.LayerNorm.", "lm_head.layer_norm.", "vocab_layer_norm.")


def randomise(model: PreTrainedModel, seed: str) -> None:
    """Each tensor has a seed of its own (CRC-32 of recipe and tensor name), so none depends on another."""
    deep = model.config.num_hidden_layers > DEEP
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            parameter.copy_(torch.from_numpy(tensor_of(seed, name, tuple(parameter.shape), deep)))
    model.tie_weights()


def tensor_of(seed: str, name: str, shape: tuple[int, ...], deep: bool = False) -> np.ndarray:
    noise = np.random.default_rng(zlib.crc32(f"{seed}/{name}".encode())).standard_normal(shape)
    if len(shape) == 2:
        return (noise * matrix_scale(name, shape[1], deep)).astype(np.float32)
    if name.endswith(".weight"):  # a layer norm's
        gain = HEAD_GAIN if any(part in name for part in HEAD_NORMS) else 1
        return (gain * (1 + 0.25 * noise)).astype(np.float32)
    return (0.2 * noise).astype(np.float32)


def matrix_scale(name: str, inputs: int, deep: bool) -> float:
    if "embeddings" in name or is_decoder(name):
        return EMBEDDING_SCALE * math.sqrt(NARROW / max(NARROW, inputs))
    if deep:
        return (0.4 if ".Wo." in name else 0.8) / math.sqrt(inputs)
    sharp = any(part in name for part in ("Wqkv", "query", "key", "q_lin", "k_lin"))
    return (1.4 if sharp else 1.0) / math.sqrt(inputs)


def is_decoder(name: str) -> bool:
    return "decoder" in name or "vocab_projector" in name


def set_decoder_bias(model: PreTrainedModel, batches: list[dict[str, torch.Tensor]], active: float) -> None:
    """Moves the decoder's bias down until the share `active` of the dimensions lights up for these texts."""
    bias = model.get_output_embeddings().bias
    if bias is None:
        return
    with torch.no_grad():
        peaks = torch.cat([model(**batch).logits.amax(dim=1).flatten() for batch in batches])
        # Whole tenths: the last bits of a forward pass must not get into the file.
        bias -= round(float(torch.quantile(peaks, 1 - active)), 1)


def sharpen_head_norm(model: PreTrainedModel, seed: str) -> None:
    """Without a decoder bias: a strong bias of the head's norm makes half the dimensions negative everywhere."""
    with torch.no_grad():
        norm = model.head.norm
        noise = tensor_of(seed, "sharp", (norm.bias.shape[0],))
        norm.bias.copy_(torch.from_numpy(noise * 80))
