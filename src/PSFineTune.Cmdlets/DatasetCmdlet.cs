using System.Management.Automation;
using PSFineTune.Data;

namespace PSFineTune.Cmdlets;

/// <summary>A cmdlet whose data are at hand as a dataset, or are those of a plan.</summary>
public abstract class DatasetCmdlet : ExcludingCmdlet
{
    protected const string FromDataset = "Dataset";

    (DatasetReference All, Dataset Kept)? _opened;

    /// <summary>The labelled samples, from Import-ImageDataset or Import-TextDataset.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = FromDataset)]
    public Dataset Dataset { get; set; } = null!;

    /// <summary>The folder of runs and caches.</summary>
    private protected virtual string InWorkspace => WorkspacePath(null);

    /// <summary>The dataset without what is left out.</summary>
    private protected Dataset Kept() => Exclude.Length == 0 ? Dataset : Kept(Dataset.Reference);

    /// <summary>The data of a plan without what is left out.</summary>
    private protected DatasetReference? KeptOf(DatasetReference? planned) =>
        planned is null || Exclude.Length == 0 || ParameterSetName == FromDataset ? planned : Kept(planned).Reference;

    /// <summary>The data where they are at hand; null where they are still to be read from where the plan says.</summary>
    private protected Dataset? GivenData() => ParameterSetName == FromDataset ? Kept() : _opened?.Kept;

    Dataset Kept(DatasetReference all)
    {
        if (_opened?.All != all) _opened = (all, Reopened(all, InWorkspace));
        return _opened!.Value.Kept;
    }
}
