using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using PSFineTune.Native;

namespace PSFineTune.Cmdlets;

/// <summary>Completes what a plan may be computed on, whether it is there or not.</summary>
public sealed class DeviceNames : NameCompleter
{
    private protected override IEnumerable<CompletionResult> All(CommandAst command, IDictionary given) =>
        Plain(TorchDevice.Kinds);
}
