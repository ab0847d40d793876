using System.Management.Automation;

namespace PSFineTune.Hosting.StandIns;

[Cmdlet(VerbsCommon.Join, "Path"), OutputType(typeof(string))]
sealed class JoinPathCommand : PSCmdlet
{
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true), Alias("PSPath")]
    public string[] Path { get; set; } = [];

    [Parameter(Position = 1, Mandatory = true), AllowNull, AllowEmptyString]
    public string[] ChildPath { get; set; } = [];

    [Parameter(Position = 2, ValueFromRemainingArguments = true), AllowNull, AllowEmptyString, AllowEmptyCollection]
    public string[] AdditionalChildPath { get; set; } = [];

    [Parameter]
    public SwitchParameter Resolve { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var path in Path)
        {
            var joined = ChildPath.Concat(AdditionalChildPath).Aggregate(path, SessionState.Path.Combine);
            WriteObject(Resolve ? SessionState.Path.GetResolvedPSPathFromPSPath(joined).Select(found => found.Path) : new[] { joined }, enumerateCollection: true);
        }
    }
}

[Cmdlet(VerbsCommon.Split, "Path", DefaultParameterSetName = "ParentSet"), OutputType(typeof(string), typeof(bool))]
sealed class SplitPathCommand : PSCmdlet
{
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public string[] Path { get; set; } = [];

    [Parameter(Position = 1, ParameterSetName = "ParentSet")]
    public SwitchParameter Parent { get; set; } = true;

    [Parameter(Mandatory = true, ParameterSetName = "LeafSet")]
    public SwitchParameter Leaf { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "LeafBaseSet")]
    public SwitchParameter LeafBase { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "ExtensionSet")]
    public SwitchParameter Extension { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "IsAbsoluteSet")]
    public SwitchParameter IsAbsolute { get; set; }

    protected override void ProcessRecord() => WriteObject(Path.Select(Part), enumerateCollection: true);

    object Part(string path) => ParameterSetName switch
    {
        "LeafSet" => SessionState.Path.ParseChildName(path),
        "LeafBaseSet" => System.IO.Path.GetFileNameWithoutExtension(SessionState.Path.ParseChildName(path)),
        "ExtensionSet" => System.IO.Path.GetExtension(SessionState.Path.ParseChildName(path)),
        "IsAbsoluteSet" => SessionState.Path.IsPSAbsolute(path, out _),
        _ => SessionState.Path.ParseParent(path, ""),
    };
}

[Cmdlet(VerbsDiagnostic.Resolve, "Path", DefaultParameterSetName = "Path"), OutputType(typeof(PathInfo), typeof(string))]
sealed class ResolvePathCommand : ItemPathCommand
{
    [Parameter]
    public SwitchParameter Relative { get; set; }

    protected override void Process(string path)
    {
        foreach (var found in SessionState.Path.GetResolvedPSPathFromPSPath(Literal ? WildcardPattern.Escape(path) : path))
            WriteObject(Relative ? RelativePath(found.ProviderPath) : found);
    }

    string RelativePath(string path)
    {
        var relative = System.IO.Path.GetRelativePath(SessionState.Path.CurrentFileSystemLocation.ProviderPath, path);
        return relative.StartsWith("..", StringComparison.Ordinal) || relative == "." || System.IO.Path.IsPathRooted(relative)
            ? relative : System.IO.Path.Combine(".", relative);
    }
}

[Cmdlet(VerbsData.Convert, "Path", DefaultParameterSetName = "Path"), OutputType(typeof(string))]
sealed class ConvertPathCommand : ItemPathCommand
{
    protected override void Process(string path) => WriteObject(Files(path), enumerateCollection: true);
}
