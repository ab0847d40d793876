using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using PSFineTune.Pretrained;

namespace PSFineTune.Cmdlets;

/// <summary>Completes the names of published weights and of the architectures that they are of.</summary>
public sealed class PretrainedNames : NameCompleter
{
    private protected override IEnumerable<CompletionResult> All(CommandAst command, IDictionary given) =>
        Plain(PretrainedCatalog.Names);
}
