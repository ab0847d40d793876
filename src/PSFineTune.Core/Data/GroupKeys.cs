using System.Text.RegularExpressions;

namespace PSFineTune.Data;

/// <summary>Finds in a path the group that must not straddle splits.</summary>
sealed class GroupKeys
{
    readonly Regex _pattern;
    readonly Dictionary<string, string> _shared = [];

    /// <param name="pattern">Regular expression; its first capture group, or else its whole match, is the group.</param>
    /// <exception cref="FineTuneException">BadGroupPattern.</exception>
    public GroupKeys(string pattern)
    {
        try
        {
            _pattern = new(pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        }
        catch (ArgumentException wrong)
        {
            throw Fault.BadGroupPattern(pattern, wrong.Message);
        }
    }

    /// <summary>A group for each path, null where the pattern finds none; one string object a group.</summary>
    /// <exception cref="FineTuneException">BadGroupPattern: it takes over a second on a path, or finds nothing in any.</exception>
    public string?[] Of(IEnumerable<string> paths)
    {
        var groups = paths.Select(GroupOf).ToArray();
        return groups.Any(group => group is not null) ? groups : throw Fault.BadGroupPattern(_pattern.ToString(), "it matches no path.");
    }

    /// <summary>The group of one path or value, null where the pattern finds none.</summary>
    /// <exception cref="FineTuneException">BadGroupPattern: it takes over a second.</exception>
    public string? GroupOf(string path)
    {
        try
        {
            var match = _pattern.Match(path);
            var text = match.Groups.Count > 1 && match.Groups[1].Success ? match.Groups[1].Value : match.Value;
            if (text.Length == 0) return null;
            _shared.TryAdd(text, text);
            return _shared[text];
        }
        catch (RegexMatchTimeoutException)
        {
            throw Fault.BadGroupPattern(_pattern.ToString(), $"it takes over a second on '{path}'.");
        }
    }
}
