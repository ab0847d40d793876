using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using PSFineTune.Runtimes;

namespace PSFineTune.Cmdlets;

/// <summary>Completes what a plan may be computed on, whether it is there or not.</summary>
public sealed class DeviceNames : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        from name in RuntimeList.Own.Accelerators
        where name.StartsWith(wordToComplete, StringComparison.OrdinalIgnoreCase)
        select new CompletionResult(name);
}
