namespace PSFineTune.Pretrained;

/// <summary>module/pretrained.json: the weights that are known by name. Of an architecture the first one counts.</summary>
static class PretrainedCatalog
{
    const string Resource = "pretrained.json";

    static readonly Lazy<IReadOnlyList<PretrainedEntry>> s_entries = new(Read);

    public static IReadOnlyList<PretrainedEntry> Entries => s_entries.Value;

    /// <summary>The names that may be asked for: of architectures, then of entries.</summary>
    public static IEnumerable<string> Names => Entries.Select(entry => entry.Architecture).Concat(Entries.Select(entry => entry.Name)).Distinct(StringComparer.OrdinalIgnoreCase);

    /// <summary>The weights meant by an architecture's name; null where none are known.</summary>
    public static PretrainedEntry? For(string architecture) => Entries.FirstOrDefault(entry => entry.Architecture.Equals(architecture, StringComparison.OrdinalIgnoreCase));

    /// <summary>The weights of that name; null for none.</summary>
    public static PretrainedEntry? Named(string name) => Entries.FirstOrDefault(entry => entry.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Those that a pattern means by their own or their architecture's name, each once.</summary>
    /// <exception cref="FineTuneException">UnknownName, where a plain name means none.</exception>
    public static IReadOnlyList<PretrainedEntry> Find(string pattern)
    {
        var found = Entries.Where(entry => Wildcard.Matches(pattern, entry.Name) || (Wildcard.Matches(pattern, entry.Architecture) && For(entry.Architecture) == entry)).ToList();
        return found.Count > 0 || pattern.IndexOfAny(['*', '?', '[']) >= 0 ? found : throw Fault.Unknown("published model", pattern, Names);
    }

    static IReadOnlyList<PretrainedEntry> Read()
    {
        using var stream = typeof(PretrainedCatalog).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream);
        return PlanJson.Read<List<PretrainedEntry>>(reader.ReadToEnd());
    }
}
