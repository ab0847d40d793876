using System.IO.Enumeration;
using System.Text.RegularExpressions;

namespace PSFineTune;

/// <summary>PowerShell's wildcards * ? [a-z], upper and lower case the same.</summary>
static class Wildcard
{
    /// <summary>Whether a name is one that a pattern means.</summary>
    public static bool Matches(string pattern, string name)
    {
        // The simple ones need no regular expression.
        if (!pattern.Contains('[')) return FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: true);
        try
        {
            return Regex.IsMatch(name, "^" + Regex.Replace(Regex.Escape(pattern), @"\\\*|\\\?|\\\[(.+?)\]", Translate) + "$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
        }
        // A range such as [3-1] has nothing in it.
        catch (RegexParseException)
        {
            return false;
        }
    }

    static string Translate(Match match) => match.Value switch
    {
        @"\*" => ".*",
        @"\?" => ".",
        _ => $"[{match.Groups[1].Value}]",
    };
}
