using System.Management.Automation;

namespace PSFineTune.Hosting.StandIns;

[Cmdlet(VerbsData.Compare, "Object")]
sealed class CompareObjectCommand : PSCmdlet
{
    readonly List<PSObject> _differences = [];

    [Parameter(Position = 0, Mandatory = true), AllowEmptyCollection]
    public PSObject[] ReferenceObject { get; set; } = [];

    [Parameter(Position = 1, Mandatory = true, ValueFromPipeline = true), AllowEmptyCollection]
    public PSObject[] DifferenceObject { get; set; } = [];

    [Parameter]
    public object[] Property { get; set; } = [];

    [Parameter]
    public SwitchParameter IncludeEqual { get; set; }

    [Parameter]
    public SwitchParameter ExcludeDifferent { get; set; }

    [Parameter]
    public SwitchParameter CaseSensitive { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord() => _differences.AddRange(DifferenceObject);

    protected override void EndProcessing()
    {
        var properties = Expression.All(Property);
        var left = ReferenceObject.ToList();
        foreach (var item in _differences)
        {
            var match = left.FindIndex(other => Same(properties, item, other));
            if (match >= 0)
                left.RemoveAt(match);
            if (match >= 0 ? IncludeEqual : !ExcludeDifferent)
                Give(properties, item, match >= 0 ? "==" : "=>");
        }
        if (!ExcludeDifferent)
            foreach (var item in left)
                Give(properties, item, "<=");
    }

    bool Same(IReadOnlyList<Expression> properties, PSObject left, PSObject right)
    {
        var order = new ValueOrder(CaseSensitive);
        return properties.Count == 0
            ? order.Compare(left, right) == 0
            : properties.All(property => order.Compare(property.ValueOf(left).Value, property.ValueOf(right).Value) == 0);
    }

    void Give(IReadOnlyList<Expression> properties, PSObject item, string side)
    {
        var result = PassThru ? item : new PSObject();
        if (!PassThru && properties.Count == 0)
            result.Properties.Add(new PSNoteProperty("InputObject", item));
        else if (!PassThru)
            foreach (var property in properties)
                result.Properties.Add(new PSNoteProperty(property.Text, property.ValueOf(item).Value));
        result.Properties.Add(new PSNoteProperty("SideIndicator", side));
        WriteObject(result);
    }
}
