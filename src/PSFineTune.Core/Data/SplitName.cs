namespace PSFineTune.Data;

/// <summary>How folders and manifests spell a split.</summary>
static class SplitName
{
    static readonly Dictionary<string, Split> s_known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["train"] = Split.Train,
        ["validation"] = Split.Validation,
        ["val"] = Split.Validation,
        ["dev"] = Split.Validation,
        ["valid"] = Split.Validation,
        ["test"] = Split.Test,
    };

    public static IEnumerable<string> Known => s_known.Keys;

    public static Split? Of(string name) => s_known.TryGetValue(name, out var split) ? split : null;
}
