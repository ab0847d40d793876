using System.Management.Automation;

namespace PSFineTune.Cmdlets;

/// <summary>A cmdlet that reads files, one object of each. A file that cannot be read is an error of its own; the others come out.</summary>
public abstract class ImportCmdlet : FineTuneCmdlet
{
    /// <summary>The files; wildcards allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = "Path"), SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>The files, taken as they are written.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "LiteralPath"), Alias("PSPath")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>What is in a file; null for nothing to write.</summary>
    /// <param name="path">Full path.</param>
    private protected abstract object? Read(string path);

    protected sealed override void Process()
    {
        foreach (var path in ParameterSetName == "Path" ? Path.SelectMany(FilesOf) : LiteralPath.Select(GetUnresolvedProviderPathFromPSPath))
            try
            {
                if (Read(path) is { } read) WriteObject(read);
            }
            catch (FineTuneException fault)
            {
                WriteFault(fault);
            }
    }
}
