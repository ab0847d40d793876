using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using PSFineTune.Runtimes;

namespace PSFineTune.Cmdlets;

/// <summary>Completes what there are tensor libraries for, by the list of this version of the module.</summary>
public sealed class AcceleratorNames : NameCompleter
{
    private protected override IEnumerable<CompletionResult> All(CommandAst command, IDictionary given) =>
        Plain(RuntimeList.Own.Accelerators);
}

/// <summary>Completes the platforms that there are tensor libraries for, by the same list.</summary>
public sealed class PlatformNames : NameCompleter
{
    private protected override IEnumerable<CompletionResult> All(CommandAst command, IDictionary given) =>
        Plain(RuntimeList.Own.Platforms);
}
