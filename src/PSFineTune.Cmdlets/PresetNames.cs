using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using PSFineTune.Augment;

namespace PSFineTune.Cmdlets;

/// <summary>Completes the names of pipelines.</summary>
public sealed class PresetNames : NameCompleter
{
    private protected override IEnumerable<CompletionResult> All(CommandAst command, IDictionary given) =>
        AugmentPreset.Names.Select(name => Told(name, $"{name}: {AugmentPreset.PurposeOf(name)}"));
}
