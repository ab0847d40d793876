using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using PSFineTune.Runtimes;

namespace PSFineTune.Cmdlets;

/// <summary>Completes what there are tensor libraries for, by the list of this version of the module.</summary>
public sealed class AcceleratorNames : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        RuntimeNames.Matching(RuntimeList.Own.Accelerators, wordToComplete);
}

/// <summary>Completes the platforms that there are tensor libraries for, by the same list.</summary>
public sealed class PlatformNames : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        RuntimeNames.Matching(RuntimeList.Own.Platforms, wordToComplete);
}

static class RuntimeNames
{
    public static IEnumerable<CompletionResult> Matching(IEnumerable<string> names, string word) =>
        names.Where(name => name.StartsWith(word.Trim('\'', '"'), StringComparison.OrdinalIgnoreCase)).Select(name => new CompletionResult(name));
}
