namespace PSFineTune.Packaging.PyTorch;

/// <summary>All that a pickle may name, as PyTorch's weights_only has it: dictionaries, tensors, storages, and plain values that are passed over.</summary>
static class TorchConstructors
{
    // No weights have as many.
    const int MostSides = 16;

    const string NumPy = "values of NumPy beside tensors";

    static readonly Dictionary<string, object> s_known = new()
    {
        ["collections.OrderedDict"] = Made("collections.OrderedDict", Dictionary),
        ["torch._utils._rebuild_tensor"] = Made("torch._utils._rebuild_tensor", arguments => arguments.Length == 4 ? Tensor(arguments) : null),
        ["torch._utils._rebuild_tensor_v2"] = Made("torch._utils._rebuild_tensor_v2", arguments => arguments.Length is 6 or 7 ? Tensor(arguments) : null),
        ["torch._utils._rebuild_parameter"] = Made("torch._utils._rebuild_parameter", arguments => arguments is [TorchTensor tensor, _, _] ? tensor : null),
        ["torch._utils._rebuild_parameter_with_state"] = Made("torch._utils._rebuild_parameter_with_state", arguments => arguments is [TorchTensor tensor, _, _, _] ? tensor : null),
        ["torch.Size"] = Made("torch.Size", arguments => arguments is [object?[] sides] ? sides : null),
        ["torch.device"] = Passed("torch.device"),
        ["builtins.set"] = Passed("builtins.set"),
        ["builtins.complex"] = Passed("builtins.complex"),
        ["builtins.bytearray"] = Passed("builtins.bytearray"),
        ["__builtin__.set"] = Passed("__builtin__.set"),
        ["__builtin__.complex"] = Passed("__builtin__.complex"),
        ["__builtin__.bytearray"] = Passed("__builtin__.bytearray"),
        ["_codecs.encode"] = Passed("_codecs.encode"),
    };

    // As values, such as of a setting.
    static readonly HashSet<string> s_types =
    [
        .. new[] { "float16", "float32", "float64", "bfloat16", "int8", "int16", "int32", "int64", "uint8", "bool", "complex64", "complex128" }.Select(type => $"torch.{type}"),
        .. new[] { "strided", "contiguous_format", "preserve_format", "channels_last" }.Select(layout => $"torch.{layout}"),
    ];

    // Data of PyTorch and NumPy that weights are not made of, by how their constructors begin.
    static readonly (string Begins, string Kind)[] s_unread =
    [
        ("torch._utils._rebuild_sparse", "sparse tensors"), ("torch._utils._rebuild_nested_tensor", "nested tensors"), ("torch._utils._rebuild_qtensor", "quantised tensors"),
        ("torch.Q", "quantised tensors"), ("torch.ComplexFloatStorage", "complex numbers"), ("torch.ComplexDoubleStorage", "complex numbers"),
        ("numpy.core.multiarray.", NumPy), ("numpy._core.multiarray.", NumPy), ("numpy.dtype", NumPy), ("numpy.ndarray", NumPy),
    ];

    /// <summary>What a name stands for.</summary>
    /// <exception cref="PickleCodeException">Anything that is not in the list.</exception>
    public static object Find(string module, string name)
    {
        if (module is "torch" or "torch.cuda" && TorchType.Find(name) is { } type) return type;
        var full = $"{module}.{name}";
        return s_known.GetValueOrDefault(full) ?? (s_types.Contains(full) ? PickleOpaque.Value : throw new PickleCodeException(full));
    }

    /// <summary>The kind of data, not code, that a name outside of the list stands for; null for what is not known.</summary>
    public static string? DataThat(string name) => s_unread.FirstOrDefault(kind => name.StartsWith(kind.Begins, StringComparison.Ordinal)).Kind;

    /// <summary>A storage by its persistent id: 'storage', kind, key, device, count, and in old files a view.</summary>
    public static TorchStorage Storage(object? id) => id is object?[] and ["storage", TorchType type, string key, string, long count, ..] parts && parts.Length <= 6 && count >= 0 && parts.Skip(5).All(view => view is null)
        ? new(type, key, count)
        : throw new FormatException("its pickle names a storage in a way that PyTorch does not");

    static PickleConstructor Made(string name, Func<object?[], object?> make) => new(name, arguments => make(arguments) ?? throw new FormatException($"the arguments of {name} are not those it takes"));

    static PickleConstructor Passed(string name) => new(name, _ => PickleOpaque.Value);

    static PickleDict? Dictionary(object?[] arguments)
    {
        var dict = new PickleDict();
        if (arguments.Length == 0) return dict;
        if (arguments is not [List<object?> pairs]) return null;
        // Taken over: copies of one list could be asked for thousands of times.
        var taken = pairs.ToArray();
        pairs.Clear();
        foreach (var pair in taken)
            if (pair is object?[] and [var key, var value]) dict.Pairs.Add(new(key, value));
            else if (pair is List<object?> { Count: 2 } both) dict.Pairs.Add(new(both[0], both[1]));
            else return null;
        return dict;
    }

    static TorchTensor? Tensor(object?[] arguments) =>
        arguments is [TorchStorage storage, long offset, object?[] sides, object?[] strides, ..] && Numbers(sides) is { } shape && Numbers(strides) is { } steps && shape.Length == steps.Length
            ? new(storage, offset, shape, steps)
            : null;

    static long[]? Numbers(object?[] values) => values.Length <= MostSides && values.All(value => value is long) ? [.. values.Cast<long>()] : null;
}
