using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using PSFineTune.Store;

namespace PSFineTune.Cmdlets;

/// <summary>Completes the names of models in the store that the command line gives, or the store of this machine.</summary>
public sealed class StoreNames : NameCompleter
{
    private protected override IEnumerable<CompletionResult> All(CommandAst command, IDictionary given) =>
        Plain(Names(given["Store"] as string, given["Workspace"] as string));

    // A store that cannot be read completes nothing. Paths start where PowerShell is, not where its process began.
    static IReadOnlyList<string> Names(string? store, string? workspace)
    {
        try
        {
            var here = ScriptBlock.Create("$PWD.ProviderPath").InvokeReturnAsIs() is PSObject { BaseObject: string path } ? path : Environment.CurrentDirectory;
            return new ModelStore(store is not null ? Path.GetFullPath(store, here)
                : StoreReference.DefaultFolder(workspace is not null ? Path.GetFullPath(workspace, here) : PSFineTune.Workspace.Default)).Names();
        }
        catch (Exception wrong) when (wrong is FineTuneException or ArgumentException)
        {
            return [];
        }
    }
}
