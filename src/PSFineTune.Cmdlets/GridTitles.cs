using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using PSFineTune.Pictures;

namespace PSFineTune.Cmdlets;

/// <summary>What stands above the pictures of a grid: their labels, nothing, or texts of the user's own.</summary>
sealed class GridTitles(string[]? given)
{
    const string None = "None";

    // What the items bring along: a sample's label, a prediction's label with its confidence.
    public static IReadOnlyList<string> Words { get; } = ["Label", "Prediction", None];

    /// <summary>The item with its title by what was asked for; where there are fewer texts than items the rest has none.</summary>
    public GridItem Title(GridItem item, int index) => given switch
    {
        null => item,
        [var word] when word.Equals(None, StringComparison.OrdinalIgnoreCase) => item with { Title = null },
        [var word] when Words.Contains(word, StringComparer.OrdinalIgnoreCase) => item,
        _ => item with { Title = index < given.Length ? given[index] : null },
    };
}

/// <summary>Completes the words that -Title knows.</summary>
public sealed class GridTitleWords : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        GridTitles.Words.Where(word => word.StartsWith(wordToComplete, StringComparison.OrdinalIgnoreCase)).Select(word => new CompletionResult(word));
}
