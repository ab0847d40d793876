using System.Management.Automation;
using PSFineTune.Audit;
using PSFineTune.Training;

namespace PSFineTune.Cmdlets;

/// <summary>A cmdlet that asks rules of data and tells what they find.</summary>
public abstract class AuditCmdlet : FineTuneCmdlet
{
    bool _clean = true;
    DataAudit? _audit;

    /// <summary>Names of the rules to ask, wildcards allowed; without it all but those that take long, which are asked where they are named.</summary>
    [Parameter, SupportsWildcards, ArgumentCompleter(typeof(CatalogNames<AuditRule>))]
    public string[] Rule { get; set; } = [];

    /// <summary>Findings that matter less are not told: Information, Warning or Error.</summary>
    [Parameter]
    public FindingSeverity MinimumSeverity { get; set; }

    /// <summary>Only whether nothing was found that is more than information, or that is as grave as -MinimumSeverity where that is given.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>Folder of caches; the default is $env:PSFINETUNE_WORKSPACE, else a PSFineTune folder in the user's data directory.</summary>
    [Parameter]
    public string? Workspace { get; set; }

    private protected DataAudit Audit => _audit ??= new(Rules(), WorkspacePath(Workspace), new ShownProgress(this), Cancelled);

    private protected void Tell(IEnumerable<AuditFinding> findings)
    {
        var least = Quiet && !MyInvocation.BoundParameters.ContainsKey(nameof(MinimumSeverity)) ? FindingSeverity.Warning : MinimumSeverity;
        foreach (var finding in findings.Where(finding => finding.Severity >= least))
        {
            _clean = false;
            if (!Quiet) WriteObject(finding);
            else break;
        }
    }

    protected override void End()
    {
        if (Quiet) WriteObject(_clean);
    }

    IReadOnlyList<AuditRule> Rules()
    {
        if (Rule.Length == 0) return DataAudit.Rules(null);
        var patterns = Rule.Select(name => new WildcardPattern(name, WildcardOptions.IgnoreCase)).ToList();
        for (var i = 0; i < Rule.Length; i++)
            if (!Catalog<AuditRule>.Names.Any(patterns[i].IsMatch)) throw Fault.Unknown("rule", Rule[i], Catalog<AuditRule>.Names);
        return DataAudit.Rules(name => patterns.Any(pattern => pattern.IsMatch(name)));
    }
}
