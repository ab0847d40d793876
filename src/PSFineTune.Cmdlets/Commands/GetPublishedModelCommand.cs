using System.Management.Automation;
using PSFineTune.Store;

namespace PSFineTune.Cmdlets;

/// <summary>Lists what names in a store mean now, or all that they meant: version, when, by whom, why, and whether its package is still there.</summary>
/// <remarks>Reads only; the right to read the store's folder is enough.</remarks>
/// <example>
/// <code>Get-PublishedModel</code>
/// The current model of every name in the store of this machine.
/// </example>
/// <example>
/// <code>Get-PublishedModel clothing -History</code>
/// Every publish and every way back, the newest first.
/// </example>
/// <example>
/// <code>Get-PublishedModel cloth* | Measure-FineTuneModel -Path ./new</code>
/// How good the published models are on new pictures.
/// </example>
[Cmdlet(VerbsCommon.Get, "PublishedModel"), OutputType(typeof(PublishedModel))]
public sealed class GetPublishedModelCommand : StoreCmdlet
{
    /// <summary>Names; wildcards allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true), ArgumentCompleter(typeof(StoreNames)), SupportsWildcards]
    public string[] Name { get; set; } = ["*"];

    /// <summary>All that was current, the newest first, not only what is.</summary>
    [Parameter]
    public SwitchParameter History { get; set; }

    protected override void Process()
    {
        var store = Opened();
        // A name that is not there or cannot be read is an error of its own; the others come out.
        foreach (var name in Name.SelectMany(pattern => Matching(store, pattern)).Distinct(StringComparer.OrdinalIgnoreCase))
            if (Said(() => History ? store.History(name) : [store.Current(name)]) is { } found) WriteObject(found, enumerateCollection: true);
    }

    static IEnumerable<string> Matching(ModelStore store, string pattern) =>
        WildcardPattern.ContainsWildcardCharacters(pattern) ? store.Names().Where(WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase).IsMatch) : [pattern];
}
