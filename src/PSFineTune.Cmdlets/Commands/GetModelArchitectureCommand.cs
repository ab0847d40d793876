using System.Management.Automation;
using PSFineTune.Models;

namespace PSFineTune.Cmdlets;

/// <summary>Lists the architectures that can be fine-tuned, with input size, parameters and the weights known for them.</summary>
/// <remarks>Nothing is built or loaded.</remarks>
/// <example>
/// <code>Get-ModelArchitecture</code>
/// All of them.
/// </example>
/// <example>
/// <code>Get-ModelArchitecture ResNet* | Sort-Object Parameters</code>
/// A family, the smallest first.
/// </example>
/// <example>
/// <code>Get-ModelArchitecture | Where-Object Weights -match 'Embedded|Saved'</code>
/// Those whose weights are here: the module carries them, or Save-PretrainedModel has saved them.
/// </example>
[Cmdlet(VerbsCommon.Get, "ModelArchitecture"), OutputType(typeof(ArchitectureInfo))]
public sealed class GetModelArchitectureCommand : FineTuneCmdlet
{
    /// <summary>Names; wildcards allowed.</summary>
    [Parameter(Position = 0), ArgumentCompleter(typeof(CatalogNames<ModelSpec>)), SupportsWildcards]
    public string[] Name { get; set; } = ["*"];

    protected override void Process()
    {
        foreach (var name in Name)
        {
            var pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
            var found = Catalog<ModelSpec>.Names.Where(pattern.IsMatch).ToList();
            // A plain name that is not there is an error with the nearest known one.
            if (found.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(name)) Catalog<ModelSpec>.Create(name);
            foreach (var known in found) WriteObject(ArchitectureInfo.Of(Catalog<ModelSpec>.Create(known)));
        }
    }
}
