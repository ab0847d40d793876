using System.Management.Automation;

namespace PSFineTune.Hosting.StandIns;

[Cmdlet(VerbsCommon.Get, "Item", DefaultParameterSetName = "Path")]
sealed class GetItemCommand : ItemPathCommand
{
    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void Process(string path) => WriteObject(InvokeProvider.Item.Get([path], Force, Literal), enumerateCollection: true);
}

[Cmdlet(VerbsCommon.Get, "ChildItem", DefaultParameterSetName = "Path")]
sealed class GetChildItemCommand : ItemPathCommand
{
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "Path")]
    public override string[] Path { get; set; } = ["."];

    [Parameter(Position = 1)]
    public string? Filter { get; set; }

    [Parameter]
    public string[] Include { get; set; } = [];

    [Parameter]
    public string[] Exclude { get; set; } = [];

    [Parameter, Alias("s")]
    public SwitchParameter Recurse { get; set; }

    [Parameter]
    public uint? Depth { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter Name { get; set; }

    [Parameter]
    public SwitchParameter File { get; set; }

    [Parameter, Alias("ad")]
    public SwitchParameter Directory { get; set; }

    protected override void Process(string path)
    {
        var recurse = Recurse || Depth is not null;
        foreach (var item in InvokeProvider.ChildItem.Get([path], recurse, Depth ?? uint.MaxValue, Force, Literal).Where(Wanted))
            WriteObject(Name ? NameOf(path, item) : item);
    }

    bool Wanted(PSObject item)
    {
        var name = item.Properties["PSChildName"]?.Value as string ?? "";
        var folder = item.Properties["PSIsContainer"]?.Value is true;
        return (!File || !folder) && (!Directory || folder)
            && (Filter is null || Matches(Filter, name))
            && (Include.Length == 0 || Include.Any(pattern => Matches(pattern, name)))
            && !Exclude.Any(pattern => Matches(pattern, name));
    }

    string NameOf(string path, PSObject item)
    {
        var name = (string)item.Properties["PSChildName"].Value;
        return item.BaseObject is FileSystemInfo file && !WildcardPattern.ContainsWildcardCharacters(path)
            ? System.IO.Path.GetRelativePath(SessionState.Path.GetUnresolvedProviderPathFromPSPath(path), file.FullName) : name;
    }

    static bool Matches(string pattern, string name) => WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase).IsMatch(name);
}

[Cmdlet(VerbsDiagnostic.Test, "Path", DefaultParameterSetName = "Path"), OutputType(typeof(bool))]
sealed class TestPathCommand : ItemPathCommand
{
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "Path")]
    [AllowNull, AllowEmptyString, AllowEmptyCollection]
    public override string[] Path { get; set; } = [];

    [Parameter, Alias("Type")]
    public Microsoft.PowerShell.Commands.TestPathType PathType { get; set; }

    [Parameter]
    public SwitchParameter IsValid { get; set; }

    protected override void Process(string path) => WriteObject(IsValid ? SessionState.Path.IsValid(path) : Holds(path));

    bool Holds(string? path)
    {
        try
        {
            if (string.IsNullOrWhiteSpace(path) || !InvokeProvider.Item.Exists(path, force: true, Literal))
                return false;
            if (PathType == Microsoft.PowerShell.Commands.TestPathType.Any)
                return true;
            var items = InvokeProvider.Item.Get([path], force: true, Literal);
            return items.Count > 0 && items.All(item =>
                item.Properties["PSIsContainer"]?.Value is true == (PathType == Microsoft.PowerShell.Commands.TestPathType.Container));
        }
        catch (Exception error) when (error is System.Management.Automation.DriveNotFoundException or ProviderNotFoundException or ItemNotFoundException)
        {
            return false;
        }
    }
}
