"""Trained networks to ONNX files and manifests."""
import hashlib
import os

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from edgetrain.features import NAME_SLOTS, SLOTS


def int8_columns(table):
    """A table as int8 with one scale for each column; the scales go into the layer that reads the columns, so that they cost nothing."""
    columns = np.maximum(np.quantile(np.abs(table), 0.9999, axis=0), 1e-6) / 127
    return np.clip(np.round(table / columns), -127, 127).astype(np.int8), columns


def hashed_conv(model, path, scale, shift, softmax=False):
    """Writes a HashedConv: ids int32 [tokens, 4] -> scores float [labels].

    The table is stored as int8 with one scale per column; the scales go into the layers that read the columns, so that they cost
    nothing. `scale` and `shift` calibrate the logits of each label.
    """
    table = model.folded_table().numpy()
    columns = np.maximum(np.quantile(np.abs(table), 0.9999, axis=0), 1e-6) / 127
    packed = np.clip(np.round(table / columns), -127, 127).astype(np.int8)
    constants = {
        "table": packed,
        "slots": np.array([0], np.int64),
        "batch": np.array([0], np.int64),
        "flat": np.array([-1], np.int64),
    }
    nodes = [
        helper.make_node("Transpose", ["ids"], ["ids_by_slot"], perm=[1, 0]),
        helper.make_node("Gather", ["table", "ids_by_slot"], ["rows"], axis=0),
        helper.make_node("Cast", ["rows"], ["values"], to=TensorProto.FLOAT),
        helper.make_node("ReduceSum", ["values", "slots"], ["x"], keepdims=0),
    ]
    parts = []
    if model.use_conv:
        weight = model.conv.weight.detach().numpy() * columns[None, :, None]
        constants["conv_w"] = weight.astype(np.float32)
        constants["conv_b"] = model.conv.bias.detach().numpy()
        pad = weight.shape[2] // 2
        nodes += [
            helper.make_node("Transpose", ["x"], ["xt"], perm=[1, 0]),
            helper.make_node("Unsqueeze", ["xt", "batch"], ["xb"]),
            helper.make_node("Conv", ["xb", "conv_w", "conv_b"], ["c"], pads=[pad, pad], kernel_shape=[weight.shape[2]]),
            helper.make_node("Relu", ["c"], ["h"]),
            helper.make_node("ReduceMax", ["h"], ["best"], axes=[2], keepdims=0),
        ]
        parts.append("best")
    if model.use_mean:
        nodes.append(helper.make_node("ReduceMean", ["x"], ["mean"], axes=[0], keepdims=1))
        parts.append("mean")
    hidden = model.hidden.weight.detach().numpy().T.copy()
    if model.use_mean:
        hidden[-len(columns):] *= columns[:, None]
    out = model.out.weight.detach().numpy().T * np.asarray(scale)[None, :]
    constants["hidden_w"], constants["hidden_b"] = hidden.astype(np.float32), model.hidden.bias.detach().numpy()
    constants["out_w"] = out.astype(np.float32)
    constants["out_b"] = (model.out.bias.detach().numpy() * np.asarray(scale) + np.asarray(shift)).astype(np.float32)
    nodes += [
        helper.make_node("Concat", parts, ["pooled"], axis=1),
        helper.make_node("Gemm", ["pooled", "hidden_w", "hidden_b"], ["g"]),
        helper.make_node("Relu", ["g"], ["r"]),
        helper.make_node("Gemm", ["r", "out_w", "out_b"], ["logits"]),
        helper.make_node("Softmax", ["logits"], ["p"], axis=1) if softmax else helper.make_node("Sigmoid", ["logits"], ["p"]),
        helper.make_node("Reshape", ["p", "flat"], ["scores"]),
    ]
    save(path, nodes, constants, len(constants["out_b"]))


def hashed_views(model, folder, scale, shift):
    """Writes a HashedConv that judges stretches of `view` tokens: model.onnx and table.bin. See `stretches` for the graph."""
    table = model.folded_table().numpy()
    columns = np.maximum(np.quantile(np.abs(table), 0.9999, axis=0), 1e-6) / 127
    width = table.shape[1]
    array = lambda values: values.detach().numpy().copy()
    hidden, hidden_b, out = array(model.hidden.weight), array(model.hidden.bias), array(model.out.weight)
    whole = np.zeros_like(hidden)
    if model.context:
        hidden, whole = np.concatenate([hidden, array(model.local.weight)]), np.concatenate([whole, array(model.whole.weight)])
        hidden_b = np.concatenate([hidden_b, array(model.local.bias)])
        told = np.zeros((len(out), model.context))
        told[-1] = array(model.told.weight)
        out = np.concatenate([out, told], 1)
    hidden[:, -width:] *= columns[None, :]
    whole[:, -width:] *= columns[None, :]
    scale = np.asarray(scale)
    stretches(
        folder,
        np.clip(np.round(table / columns), -127, 127).astype(np.int8),
        conv_w=model.conv.weight.detach().numpy() * columns[None, :, None],
        conv_b=model.conv.bias.detach().numpy(),
        hidden_w=hidden,
        hidden_b=hidden_b,
        whole_w=whole if model.context else None,
        out_w=out * scale[:, None],
        out_b=model.out.bias.detach().numpy() * scale + np.asarray(shift),
        block=model.view // 2)


def stretches(folder, table, *, conv_w, conv_b, hidden_w, hidden_b, out_w, out_b, block, whole_w=None):
    """Writes table.bin, whose rows the caller adds up, and the graph that reads the sums.

    tokens float [1, width + 1, tokens]: the sum of each token's rows, and a last column that is 1 where a block is filled up and there is
    no token; whole blocks of half a stretch, two at least. means float [1, width, stretches]: the mean of each stretch's tokens.
    A node costs about as much as a thousand additions, so there are as few as can be: no mask, as the last column drives the
    convolution so low that nothing is left of it. With `whole_w`, hidden units read the whole text too: the highest values of all its tokens
    and the mean of its stretches' means.
    """
    filters, width, kernel = conv_w.shape
    closed = np.zeros((filters, 1, kernel))
    closed[:, 0, kernel // 2] = -1e6
    constants = {
        "conv_w": np.concatenate([conv_w, closed], 1).astype(np.float32),
        "conv_b": np.asarray(conv_b, np.float32),
        "hidden_w": np.asarray(hidden_w, np.float32).reshape(len(hidden_b), -1, 1),
        "hidden_b": np.asarray(hidden_b, np.float32),
        "out_w": np.asarray(out_w, np.float32).reshape(len(out_b), -1, 1),
        "out_b": np.asarray(out_b, np.float32),
    }
    node = helper.make_node
    nodes = [
        node("Conv", ["tokens", "conv_w", "conv_b"], ["c"], pads=[kernel // 2] * 2, kernel_shape=[kernel]),
        node("Relu", ["c"], ["h"]),
        node("MaxPool", ["h"], ["best"], kernel_shape=[2 * block], strides=[block]),
        node("Concat", ["best", "means"], ["pooled"], axis=1),
        node("Conv", ["pooled", "hidden_w", "hidden_b"], ["g"], kernel_shape=[1]),
        node("Relu", ["g"], ["r"]),
        node("Conv", ["r", "out_w", "out_b"], ["logits"], kernel_shape=[1]),
        node("GlobalMaxPool", ["logits"], ["worst"]),
        node("Sigmoid", ["worst"], ["scores"]),
    ]
    if whole_w is not None:
        constants["whole_w"] = np.asarray(whole_w, np.float32).reshape(len(hidden_b), -1, 1)
        nodes[4:6] = [
            node("GlobalMaxPool", ["h"], ["highest"]),
            node("GlobalAveragePool", ["means"], ["average"]),
            node("Concat", ["highest", "average"], ["all"], axis=1),
            node("Conv", ["all", "whole_w"], ["told"], kernel_shape=[1]),
            node("Conv", ["pooled", "hidden_w", "hidden_b"], ["l"], kernel_shape=[1]),
            node("Add", ["l", "told"], ["g"]),
            node("Relu", ["g"], ["r"]),
        ]
    inputs = [("tokens", TensorProto.FLOAT, [1, width + 1, "tokens"]), ("means", TensorProto.FLOAT, [1, width, "stretches"])]
    save(os.path.join(folder, "model.onnx"), nodes, constants, [1, len(out_b), 1], inputs=inputs)
    with open(os.path.join(folder, "table.bin"), "wb") as file:
        file.write(np.ascontiguousarray(table, np.int8).tobytes())


def bag(model, path, softmax=False):
    """Writes a HashedConv without convolution. The rows are summed as int8, which is the cheapest way through thousands of them."""
    table = model.folded_table().numpy()
    columns = np.maximum(np.quantile(np.abs(table), 0.9999, axis=0), 1e-6) / 127
    constants = {
        "table": np.clip(np.round(table / columns), -127, 127).astype(np.int8),
        "rows_shape": np.array([-1, table.shape[1]], np.int64),
        "first": np.array([0], np.int64),
        "second": np.array([1], np.int64),
        "one": np.array([1], np.int64),
        "flat": np.array([-1], np.int64),
        "hidden_w": (model.hidden.weight.detach().numpy().T * columns[:, None] * 4).astype(np.float32),
        "hidden_b": model.hidden.bias.detach().numpy(),
        "out_w": model.out.weight.detach().numpy().T.copy(),
        "out_b": model.out.bias.detach().numpy(),
    }
    nodes = [
        helper.make_node("Gather", ["table", "ids"], ["by_slot"], axis=0),
        helper.make_node("Reshape", ["by_slot", "rows_shape"], ["rows"]),
        helper.make_node("Shape", ["rows"], ["shape"]),
        helper.make_node("Slice", ["shape", "first", "second"], ["count"]),
        helper.make_node("Concat", ["one", "count"], ["row"], axis=0),
        helper.make_node("ConstantOfShape", ["row"], ["ones"], value=helper.make_tensor("value", TensorProto.UINT8, [1], [1])),
        helper.make_node("MatMulInteger", ["ones", "rows"], ["sum"]),
        helper.make_node("Cast", ["sum"], ["total"], to=TensorProto.FLOAT),
        helper.make_node("Cast", ["count"], ["number"], to=TensorProto.FLOAT),
        helper.make_node("Div", ["total", "number"], ["mean"]),
        helper.make_node("Gemm", ["mean", "hidden_w", "hidden_b"], ["g"]),
        helper.make_node("Relu", ["g"], ["r"]),
        helper.make_node("Gemm", ["r", "out_w", "out_b"], ["logits"]),
        helper.make_node("Softmax", ["logits"], ["p"], axis=1) if softmax else helper.make_node("Sigmoid", ["logits"], ["p"]),
        helper.make_node("Reshape", ["p", "flat"], ["scores"]),
    ]
    save(path, nodes, constants, len(constants["out_b"]))


def tagger(model, path):
    """Writes a names_net.Tagger: ids int32 [tokens, slots] -> scores float [tokens, tags]."""
    table = model.folded_table().numpy()
    packed, columns = int8_columns(table)
    constants = {
        "table": packed,
        "first_axis": np.array([0], np.int64),
        "word": np.array(0, np.int64),
        "nothing": np.array(0, np.int32),
        "out_w": model.out.weight.detach().numpy()[:, :, 0].T.copy(),
        "out_b": model.out.bias.detach().numpy(),
    }
    node = helper.make_node
    nodes = [
        node("Transpose", ["ids"], ["by_slot"], perm=[1, 0]),
        node("Gather", ["table", "by_slot"], ["rows"], axis=0),
        node("Cast", ["rows"], ["values"], to=TensorProto.FLOAT),
        node("ReduceSum", ["values", "first_axis"], ["x"], keepdims=1),
        node("Transpose", ["x"], ["x0"], perm=[0, 2, 1]),
        node("Gather", ["by_slot", "word"], ["words"], axis=0),
        node("Greater", ["words", "nothing"], ["is_real"]),
        node("Cast", ["is_real"], ["real"], to=TensorProto.FLOAT),
    ]
    for i, (layer, (dilation, before, after)) in enumerate(zip(model.layers, model.shape)):
        weight = layer.weight.detach().numpy()
        constants[f"w{i}"] = (weight * columns[None, :, None] if i == 0 else weight).astype(np.float32)
        constants[f"b{i}"] = layer.bias.detach().numpy()
        nodes += [
            node("Conv", [f"x{i}", f"w{i}", f"b{i}"], [f"c{i}"], pads=[before, after], dilations=[dilation], kernel_shape=[3]),
            node("Relu", [f"c{i}"], [f"r{i}"]),
            node("Mul", [f"r{i}", "real"], [f"x{i + 1}" if i == 0 else f"h{i}"]),
        ]
        if i:
            nodes.append(node("Add", [f"x{i}", f"h{i}"], [f"x{i + 1}"]))
    nodes += [
        node("Squeeze", [f"x{len(model.layers)}", "first_axis"], ["y"]),
        node("Transpose", ["y"], ["yt"], perm=[1, 0]),
        node("Gemm", ["yt", "out_w", "out_b"], ["logits"]),
        node("Softmax", ["logits"], ["scores"], axis=1),
    ]
    save(path, nodes, constants, ["tokens", model.out.out_channels], NAME_SLOTS)


def reader(model, path, scale, shift):
    """Writes an attack_net.Reader: ids int32 [tokens, 4], whole stretches of tokens -> scores float [labels]."""
    packed, columns = int8_columns(model.folded_table().numpy())
    scale = np.asarray(scale)
    constants = {
        "table": packed,
        "first_axis": np.array([0], np.int64),
        "word": np.array(0, np.int64),
        "nothing": np.array(0, np.int32),
        "two_axes": np.array([0, 1], np.int64),
        "last_axis": np.array([2], np.int64),
        "least": np.array(1, np.float32),
        "flat": np.array([-1], np.int64),
        "local_w": model.local.weight.detach().numpy(),
        "local_b": model.local.bias.detach().numpy(),
        "whole_w": model.whole.weight.detach().numpy(),
        "whole_b": model.whole.bias.detach().numpy(),
        "out_w": (model.out.weight.detach().numpy() * scale[:, None, None]).astype(np.float32),
        "out_b": (model.out.bias.detach().numpy() * scale + np.asarray(shift)).astype(np.float32),
    }
    node = helper.make_node
    nodes = [
        node("Transpose", ["ids"], ["by_slot"], perm=[1, 0]),
        node("Gather", ["table", "by_slot"], ["rows"], axis=0),
        node("Cast", ["rows"], ["values"], to=TensorProto.FLOAT),
        node("ReduceSum", ["values", "first_axis"], ["x"], keepdims=1),
        node("Transpose", ["x"], ["x0"], perm=[0, 2, 1]),
        node("Gather", ["by_slot", "word"], ["words"], axis=0),
        node("Greater", ["words", "nothing"], ["is_real"]),
        node("Cast", ["is_real"], ["flags"], to=TensorProto.FLOAT),
        node("Unsqueeze", ["flags", "two_axes"], ["real"]),
    ]
    for i, layer in enumerate(model.layers):
        weight, far = layer.weight.detach().numpy(), layer.dilation[0]
        constants[f"w{i}"] = (weight * columns[None, :, None] if i == 0 else weight).astype(np.float32)
        constants[f"b{i}"] = layer.bias.detach().numpy()
        nodes += [
            node("Conv", [f"x{i}", f"w{i}", f"b{i}"], [f"c{i}"], pads=[far, far], dilations=[far], kernel_shape=[3]),
            node("Relu", [f"c{i}"], [f"r{i}"]),
            node("Mul", [f"r{i}", "real"], [f"x{i + 1}" if i == 0 else f"h{i}"]),
        ]
        if i:
            nodes.append(node("Add", [f"x{i}", f"h{i}"], [f"x{i + 1}"]))
    last = f"x{len(model.layers)}"
    nodes += [
        node("MaxPool", [last], ["best"], kernel_shape=[model.stretch], strides=[model.stretch]),
        node("GlobalMaxPool", [last], ["highest"]),
        node("ReduceSum", [last, "last_axis"], ["total"], keepdims=1),
        node("ReduceSum", ["real", "last_axis"], ["count"], keepdims=1),
        node("Max", ["count", "least"], ["count1"]),
        node("Div", ["total", "count1"], ["mean"]),
        node("Concat", ["highest", "mean"], ["all"], axis=1),
        node("Conv", ["best", "local_w", "local_b"], ["local"], kernel_shape=[1]),
        node("Conv", ["all", "whole_w", "whole_b"], ["whole"], kernel_shape=[1]),
        node("Add", ["local", "whole"], ["g"]),
        node("Relu", ["g"], ["r"]),
        node("Conv", ["r", "out_w", "out_b"], ["logits"], kernel_shape=[1]),
        node("GlobalMaxPool", ["logits"], ["worst"]),
        node("Sigmoid", ["worst"], ["p"]),
        node("Reshape", ["p", "flat"], ["scores"]),
    ]
    save(path, nodes, constants, model.out.out_channels)


def save(path, nodes, constants, labels, slots=SLOTS, inputs=None):
    inputs = inputs or [("ids", TensorProto.INT32, ["tokens", slots])]
    graph = helper.make_graph(
        nodes,
        "edgefilter",
        [helper.make_tensor_value_info(*i) for i in inputs],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, labels if isinstance(labels, list) else [labels])],
        [numpy_helper.from_array(v, k) for k, v in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], producer_name="edgefilter-training")
    model.ir_version = 7
    onnx.checker.check_model(model)
    with open(path, "wb") as file:
        file.write(model.SerializeToString())


def manifest(folder, *, version, title, task, labels, table, half_bits, window, trained_on, evaluated_on, licence="Apache-2.0", features="hashed-tokens", block=None, sums=None):
    """Writes manifest.yaml beside model.onnx. `labels`: [(label, {name: (at, false_alarms)})]."""
    blocks = (f", block: {block}" if block else "") + (f", sums: {sums}" if sums else "")
    lines = [
        f"model: {os.path.basename(folder)}",
        f"version: {version}",
        f"title: {title}",
        f"task: {task}",
        f"licence: {licence}",
        "labels:",
    ]
    for label, thresholds in labels:
        lines.append(f"  - label: {label}")
        if thresholds:
            lines.append("    thresholds:")
            lines += [f"      {name}: {{ at: {at:.4f}, false-alarms: {alarms:g} }}" for name, (at, alarms) in thresholds.items()]
    lines += [
        f"input: {{ features: {features}, table: {table}, half-bits: {half_bits}{blocks} }}",
        f"window: {{ length: {window[0]}, overlap: {window[1]} }}",
        "files:",
    ]
    for name in ("model.onnx", *([sums] if sums else [])):
        data = open(os.path.join(folder, name), "rb").read()
        lines.append(f"  - {{ name: {name}, sha256: {hashlib.sha256(data).hexdigest()}, bytes: {len(data)} }}")
    for key, values in (("trained-on", trained_on), ("evaluated-on", evaluated_on)):
        if not values:
            continue
        lines.append(f"{key}:")
        lines += ["  - " + '"' + v.replace("\\", "\\\\").replace('"', "'") + '"' for v in values]
    with open(os.path.join(folder, "manifest.yaml"), "w") as file:
        file.write("\n".join(lines) + "\n")


def add_screen(folder, path, *, settles_below, bars_from, version):
    """Puts a screen beside a model, in place of the one that is there."""
    target = os.path.join(folder, "manifest.yaml")
    lines = [line for line in open(target).read().split("\n") if not line.startswith(("stages:", "  screen:")) and "name: screen.bin" not in line]
    lines = [f"version: {version}" if line.startswith("version:") else line for line in lines]
    data = open(path, "rb").read()
    with open(os.path.join(folder, "screen.bin"), "wb") as file:
        file.write(data)
    at = max(i for i, line in enumerate(lines) if line.startswith("  - { name: ")) + 1
    lines[at:at] = [
        f"  - {{ name: screen.bin, sha256: {hashlib.sha256(data).hexdigest()}, bytes: {len(data)} }}",
        "stages:",
        f"  screen: {{ file: screen.bin, settles-below: {settles_below:.2f}, bars-from: {bars_from:.2f} }}",
    ]
    with open(target, "w") as file:
        file.write("\n".join(lines))
