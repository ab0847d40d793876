namespace PSFineTune.Store;

/// <summary>Names of models in a store. A name is a folder on every system, so upper and lower case are one.</summary>
static class StoreName
{
    const int Longest = 64;

    static readonly string[] s_reserved = ["con", "prn", "aux", "nul", "conin$", "conout$", .. Enumerable.Range(0, 10).SelectMany(i => new[] { $"com{i}", $"lpt{i}" })];

    /// <summary>The name as it is kept.</summary>
    /// <exception cref="FineTuneException">BadModelName.</exception>
    public static string Of(string? given)
    {
        var name = given?.ToLowerInvariant() ?? "";
        return IsOne(name) ? name : throw Fault.BadModelName(given ?? "");
    }

    /// <summary>ASCII letters, digits, '.', '_' and '-', the first a letter or digit and the last no point, and no device of Windows.</summary>
    public static bool IsOne(string name) =>
        name.Length is > 0 and <= Longest && char.IsAsciiLetterOrDigit(name[0]) && name[^1] != '.'
        && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '.' or '_' or '-')
        && !s_reserved.Contains(name.Split('.')[0]);
}
