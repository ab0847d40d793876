using System.Management.Automation;

namespace PSFineTune.Hosting.StandIns;

[Cmdlet("Sort", "Object")]
sealed class SortObjectCommand : PSCmdlet
{
    readonly List<PSObject> _items = [];

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0)]
    public object[] Property { get; set; } = [];

    [Parameter]
    public SwitchParameter Descending { get; set; }

    [Parameter]
    public SwitchParameter Unique { get; set; }

    [Parameter]
    public SwitchParameter CaseSensitive { get; set; }

    // The engine hands every sort to a stable one; so is this one, always.
    [Parameter]
    public SwitchParameter Stable { get; set; }

    [Parameter, ValidateRange(1, int.MaxValue)]
    public int Top { get; set; } = int.MaxValue;

    [Parameter, ValidateRange(1, int.MaxValue)]
    public int Bottom { get; set; } = int.MaxValue;

    protected override void ProcessRecord()
    {
        if (InputObject is not null)
            _items.Add(InputObject);
    }

    protected override void EndProcessing()
    {
        var properties = Expression.All(Property);
        var order = Comparer<Row>.Create(new Keys(properties, new(CaseSensitive), Descending).Compare);
        var rows = _items.Select(item => new Row(item, properties.Count == 0
            ? [(true, item)]
            : [.. properties.Select(property => property.ValueOf(item))])).Order(order).ToList();
        if (Unique)
            rows = [.. rows.Where((row, index) => index == 0 || order.Compare(rows[index - 1], row) != 0)];
        foreach (var row in Bottom < int.MaxValue ? rows.TakeLast(Bottom) : rows.Take(Top))
            WriteObject(row.Item);
    }

    sealed record Row(PSObject Item, (bool Exists, object? Value)[] Values);

    sealed class Keys(IReadOnlyList<Expression> properties, ValueOrder order, bool descending)
    {
        public int Compare(Row left, Row right)
        {
            for (var i = 0; i < left.Values.Length; i++)
            {
                var (mine, theirs) = (left.Values[i], right.Values[i]);
                var result = order.Compare(mine, theirs);
                if (result == 0)
                    continue;
                var down = (i < properties.Count ? properties[i].Descending : null) ?? descending;
                return down && mine.Exists && theirs.Exists ? -result : result;
            }
            return 0;
        }
    }
}
