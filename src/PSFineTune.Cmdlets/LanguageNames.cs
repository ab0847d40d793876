using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using PSFineTune.Text.Languages;

namespace PSFineTune.Cmdlets;

/// <summary>Completes the codes of languages that have stop words and a stemmer, and Chinese.</summary>
public sealed class LanguageNames : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        from code in WordLanguage.All.Select(language => language.Code).Append(TextLanguage.Chinese).Order(StringComparer.Ordinal)
        where code.StartsWith(wordToComplete, StringComparison.OrdinalIgnoreCase)
        select new CompletionResult(code);
}
