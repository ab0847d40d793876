using System.Collections;
using System.Globalization;
using System.Management.Automation;
using PSFineTune.Audit;
using PSFineTune.Data;
using PSFineTune.Training;

namespace PSFineTune.Cmdlets;

/// <summary>A cmdlet that takes data without some of their samples.</summary>
public abstract class ExcludingCmdlet : FineTuneCmdlet
{
    /// <summary>Samples to leave out although they are there: findings of Test-FineTuneDataset, paths (of texts with ':' and a line), or a csv or text file that lists them, such as Export-Csv makes of findings. Relative paths start at the data's root, or else at the current location. A plan keeps what it leaves out.</summary>
    [Parameter, AllowNull, AllowEmptyCollection]
    public object[]? Exclude { get; set; } = [];

    /// <summary>Whether anything is to be left out: a check that found nothing gives nothing.</summary>
    private protected bool Excludes => Exclude?.Length > 0;

    /// <summary>The settings with what is left out.</summary>
    private protected T WithExclusions<T>(T reference) where T : DatasetReference => !Excludes ? reference : (T)reference.Without(Exclude!.SelectMany(Named));

    /// <summary>Data as a reference finds them, without what is left out; nothing is written.</summary>
    /// <exception cref="FineTuneException">DatasetChanged: others would be left out of other data than the reference's.</exception>
    private protected Dataset Reopened(DatasetReference reference, string workspace)
    {
        if (PlanCheck.Unchanged(reference, workspace, new ShownProgress(this), Cancelled) is { } unknown) WriteWarning(unknown);
        var data = WithExclusions(reference).OpenReadOnly(workspace, new ShownProgress(this), Cancelled);
        WarnOfUnmet(data);
        return data;
    }

    /// <summary>Says once how many exclusions name nothing.</summary>
    private protected void WarnOfUnmet(Dataset data)
    {
        if (Excludes && data.UnmetExclusions is > 0 and var unmet)
            WriteWarning($"{unmet} of {data.Reference.Exclude.Count} exclusions leave nothing out: they name no {(data is TextDataset ? "row or file of texts" : "image")} that the import takes from '{data.Reference.Root}'. Check their paths; folders, hidden files and other formats it passes over anyway.");
    }

    IEnumerable<Exclusion> Named(object? given)
    {
        var here = SessionState.Path.CurrentFileSystemLocation.Path;
        return (given is PSObject wrapped ? wrapped.BaseObject : given) switch
        {
            null => [],
            AuditFinding finding => [new(finding.Path, finding.Line, here, IsFinding: true)],
            FileInfo file => [new(file.FullName, null, here)],
            string path => [new(path, null, here)],
            IList many => many.Cast<object?>().SelectMany(Named),
            _ when (Value(given!, "Path") ?? Value(given!, "FullName")) is { } path =>
                [new(path, int.TryParse(Value(given!, "Line"), NumberStyles.None, CultureInfo.InvariantCulture, out var line) ? line : null, here, Value(given!, "Rule") is not null)],
            var other => throw Fault.NothingToExclude(other.GetType().Name),
        };
    }

    static string? Value(object given, string name) => Convert.ToString((given is PSObject wrapped ? wrapped.BaseObject : given) is IDictionary table ? table[name] : PSObject.AsPSObject(given).Properties[name]?.Value, CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : null;
}
