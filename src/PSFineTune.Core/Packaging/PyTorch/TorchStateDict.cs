namespace PSFineTune.Packaging.PyTorch;

/// <summary>Finds the tensors of a network in what a PyTorch file holds.</summary>
static class TorchStateDict
{
    // Where training scripts keep them beside optimizers, numbers and settings.
    static readonly string[] s_places = ["state_dict", "model_state_dict", "model"];

    /// <summary>By name, in the file's order; what is no tensor is passed over.</summary>
    /// <exception cref="FormatException">There are none.</exception>
    public static IReadOnlyList<(string Name, TorchTensor Tensor)> Of(object? value)
    {
        if (value is not PickleDict dict) throw new FormatException("it holds no dictionary of tensors by name");
        foreach (var place in s_places)
            if (dict.Pairs.LastOrDefault(pair => pair.Key as string == place).Value is PickleDict inner && Tensors(inner) is { Count: > 0 } found) return found;
        if (Tensors(dict) is { Count: > 0 } own) return own;
        var names = dict.Pairs.Select(pair => pair.Key).OfType<string>().Take(10).Select(name => $"'{TorchArchive.Named(name)}'").ToList();
        throw new FormatException($"it has no tensors by name, neither at its top nor under {string.Join(", ", s_places)}; it has {(names.Count > 0 ? string.Join(", ", names) : "nothing that has a name")}");
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
