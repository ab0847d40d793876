using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using PSFineTune.Text.Languages;

namespace PSFineTune.Cmdlets;

/// <summary>Completes the codes of languages that have stop words and a stemmer, and Chinese.</summary>
public sealed class LanguageNames : NameCompleter
{
    private protected override IEnumerable<CompletionResult> All(CommandAst command, IDictionary given) =>
        Plain(WordLanguage.All.Select(language => language.Code).Append(TextLanguage.Chinese).Order(StringComparer.Ordinal));
}
