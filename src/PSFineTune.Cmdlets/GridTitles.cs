using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using PSFineTune.Pictures;

namespace PSFineTune.Cmdlets;

/// <summary>What stands above the pictures of a grid: their labels, nothing, or texts of the user's own.</summary>
sealed class GridTitles(string[]? given)
{
    const string None = "None";

    const string Label = "Label";
    const string Prediction = "Prediction";

    public static IReadOnlyList<string> Words { get; } = [Label, Prediction, None];

    /// <summary>The item with its title by what was asked for; where there are fewer texts than items the rest has none.</summary>
    public GridItem Title(GridItem item, int index) => given switch
    {
        null => item,
        [var word] when Is(word, None) => item with { Captioned = false },
        [var word] when Is(word, Label) => item with { Text = item.Label },
        [var word] when Is(word, Prediction) => item with { Text = (item with { Label = null }).Title },
        _ => item with { Text = index < given.Length ? given[index] : null, Captioned = index < given.Length },
    };

    static bool Is(string given, string word) => given.Equals(word, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Completes the words that -Title knows.</summary>
public sealed class GridTitleWords : NameCompleter
{
    private protected override IEnumerable<CompletionResult> All(CommandAst command, IDictionary given) =>
        Plain(GridTitles.Words);
}
