namespace PSFineTune.Packaging.PyTorch;

/// <summary>A dictionary of a pickle: pairs as they came, for a key may be anything. Whoever asks for names compares them.</summary>
sealed class PickleDict
{
    public List<KeyValuePair<object?, object?>> Pairs { get; } = [];
}

/// <summary>Something that may be called: a constructor of the allow-list. Calling it makes data and nothing else.</summary>
/// <param name="Name">Module and name.</param>
/// <param name="Call">Its arguments to what it makes; a <see cref="FormatException"/> where it cannot take them.</param>
sealed record PickleConstructor(string Name, Func<object?[], object?> Call);

/// <summary>A plain value of Python that no weights are made of, such as a fraction, bytes or a set: it is passed over.</summary>
sealed class PickleOpaque
{
    public static PickleOpaque Value { get; } = new();
}

/// <summary>A pickle that calls for something which is no data.</summary>
/// <param name="name">What it names, such as os.system.</param>
sealed class PickleCodeException(string name) : Exception($"holds a call of {name}")
{
    public string Name => name;
}
