using System.Management.Automation;

namespace PSFineTune.Hosting.StandIns;

/// <summary>What the commands over provider paths share: -Path with wildcards or -LiteralPath, and one error record for each path that fails.</summary>
abstract class ItemPathCommand : PSCmdlet
{
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "Path")]
    public virtual string[] Path { get; set; } = [];

    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "LiteralPath"), Alias("PSPath", "LP")]
    public virtual string[] LiteralPath { get; set; } = [];

    protected bool Literal => ParameterSetName == "LiteralPath";

    protected override void ProcessRecord()
    {
        foreach (var path in Literal ? LiteralPath : Path)
            Try(path, () => Process(path));
    }

    protected abstract void Process(string path);

    /// <summary>Runs <paramref name="work"/>; what a provider refuses becomes an error record and the pipeline goes on.</summary>
    protected void Try(object? target, Action work)
    {
        try
        {
            work();
        }
        catch (Exception error) when (error is IContainsErrorRecord and not PipelineStoppedException and not FlowControlException)
        {
            WriteError(new(((IContainsErrorRecord)error).ErrorRecord, error));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            WriteError(new(error, GetType().Name, error is IOException ? ErrorCategory.WriteError : ErrorCategory.PermissionDenied, target));
        }
    }

    /// <summary>Provider paths that exist, as the file system wants them.</summary>
    protected IEnumerable<string> Files(string path) =>
        Literal ? [Existing(path)] : SessionState.Path.GetResolvedProviderPathFromPSPath(path, out _);

    string Existing(string path) =>
        InvokeProvider.Item.Exists(path, force: true, literalPath: true)
            ? SessionState.Path.GetUnresolvedProviderPathFromPSPath(path)
            : throw new ItemNotFoundException($"Cannot find path '{path}' because it does not exist.");
}
