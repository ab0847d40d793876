using System.Collections;
using System.Management.Automation;
using Microsoft.PowerShell.Commands;

namespace PSFineTune.Hosting.StandIns;

[Cmdlet(VerbsData.Group, "Object"), OutputType(typeof(GroupInfo), typeof(Hashtable))]
sealed class GroupObjectCommand : PSCmdlet
{
    readonly List<(object?[] Values, GroupInfoNoElement Group)> _groups = [];
    IReadOnlyList<Expression> _properties = [];

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0)]
    public object[] Property { get; set; } = [];

    [Parameter]
    public SwitchParameter NoElement { get; set; }

    [Parameter(ParameterSetName = "HashTable"), Alias("AHT")]
    public SwitchParameter AsHashTable { get; set; }

    [Parameter(ParameterSetName = "HashTable")]
    public SwitchParameter AsString { get; set; }

    [Parameter]
    public SwitchParameter CaseSensitive { get; set; }

    protected override void BeginProcessing() => _properties = Expression.All(Property);

    protected override void ProcessRecord()
    {
        if (InputObject is null)
            return;
        object?[] values = _properties.Count == 0 ? [InputObject] : [.. _properties.Select(property => property.ValueOf(InputObject).Value)];
        var order = new ValueOrder(CaseSensitive);
        var group = _groups.Find(entry => entry.Values.Zip(values).All(pair => order.Compare(pair.First, pair.Second) == 0)).Group;
        if (group is null)
            _groups.Add((values, group = NoElement ? new(new ArrayList(values)) : new GroupInfo(new ArrayList(values))));
        group.Add(InputObject);
    }

    protected override void EndProcessing()
    {
        if (AsHashTable)
        {
            var table = new Hashtable(CaseSensitive ? StringComparer.CurrentCulture : StringComparer.CurrentCultureIgnoreCase);
            foreach (var (values, group) in _groups)
                table[AsString || values.Length > 1 ? group.Name : ValueOrder.Bare(values[0]) ?? ""] = group is GroupInfo full ? full.Group : group;
            WriteObject(table);
            return;
        }
        // The engine's own command sorts its groups by their values.
        var order = new ValueOrder(CaseSensitive);
        WriteObject(_groups.Order(Comparer<(object?[] Values, GroupInfoNoElement Group)>.Create((left, right) =>
            left.Values.Zip(right.Values).Select(pair => order.Compare(pair.First, pair.Second)).FirstOrDefault(result => result != 0)))
            .Select(entry => entry.Group), enumerateCollection: true);
    }
}
