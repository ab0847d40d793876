namespace PSFineTune.Packaging.PyTorch;

/// <summary>Finds the tensors of a network in what a PyTorch file holds.</summary>
static class TorchStateDict
{
    // Of places within places.
    const int Depth = 3;

    // Where training scripts keep them beside optimizers, numbers and settings.
    static readonly string[] s_places = ["state_dict", "model_state_dict", "model"];

    /// <summary>By name, in the file's order; what is no tensor is passed over.</summary>
    /// <exception cref="FormatException">There are none.</exception>
    public static IReadOnlyList<(string Name, TorchTensor Tensor)> Of(object? value)
    {
        if (value is not PickleDict dict) throw new FormatException("it holds no dictionary of tensors by name");
        if (Usual(dict, Depth) is { } usual) return usual;
        // Under a name of the author's own, where there is no doubt.
        var others = dict.Pairs.Where(pair => pair is { Key: string, Value: PickleDict inner } && Tensors(inner).Count > 0).ToList();
        if (others is [{ Value: PickleDict only }]) return Tensors(only);
        var within = others.Count > 0 ? "several dictionaries of tensors and none of a usual name" : "no tensors by name, neither at its top nor in a dictionary of it";
        var names = (others.Count > 0 ? others : dict.Pairs).Select(pair => pair.Key).OfType<string>().Take(10).Select(name => $"'{TorchArchive.Named(name)}'").ToList();
        throw new FormatException($"it has {within} ({string.Join(", ", s_places)}); it has {(names.Count > 0 ? string.Join(", ", names) : "nothing that has a name")}");
    }

    // A usual place may have a usual place in it; before what lies beside it.
    static List<(string, TorchTensor)>? Usual(PickleDict dict, int depth)
    {
        if (depth == 0) return null;
        foreach (var place in s_places)
            if (dict.Pairs.LastOrDefault(pair => pair.Key as string == place).Value is PickleDict inner && Usual(inner, depth - 1) is { } found) return found;
        return Tensors(dict) is { Count: > 0 } own ? own : null;
    }

    static List<(string, TorchTensor)> Tensors(PickleDict dict)
    {
        var (tensors, names) = (new List<(string, TorchTensor)>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var (key, value) in dict.Pairs)
        {
            if (value is not TorchTensor tensor) continue;
            if (key is not string name) throw new FormatException("it has a tensor whose name is no text");
            if (!names.Add(name)) throw new FormatException($"it has tensor '{TorchArchive.Named(name)}' twice");
            tensors.Add((name, tensor));
        }
        return tensors;
    }
}
