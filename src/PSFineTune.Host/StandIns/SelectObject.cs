using System.Management.Automation;

namespace PSFineTune.Hosting.StandIns;

[Cmdlet(VerbsCommon.Select, "Object", DefaultParameterSetName = "DefaultParameter")]
sealed class SelectObjectCommand : PSCmdlet
{
    readonly Queue<PSObject> _last = [];
    readonly List<PSObject> _seen = [];
    IReadOnlyList<Expression> _properties = [];
    int _position;
    int _given;

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0, ParameterSetName = "DefaultParameter")]
    public object[] Property { get; set; } = [];

    [Parameter(ParameterSetName = "DefaultParameter")]
    public string[] ExcludeProperty { get; set; } = [];

    [Parameter(ParameterSetName = "DefaultParameter")]
    public string? ExpandProperty { get; set; }

    [Parameter]
    public SwitchParameter Unique { get; set; }

    [Parameter(ParameterSetName = "DefaultParameter"), ValidateRange(0, int.MaxValue)]
    public int First { get; set; } = -1;

    [Parameter(ParameterSetName = "DefaultParameter"), ValidateRange(0, int.MaxValue)]
    public int Last { get; set; } = -1;

    [Parameter(ParameterSetName = "DefaultParameter"), ValidateRange(0, int.MaxValue)]
    public int Skip { get; set; }

    [Parameter(ParameterSetName = "IndexParameter"), ValidateRange(0, int.MaxValue)]
    public int[]? Index { get; set; }

    bool Streams => Last < 0;

    protected override void BeginProcessing()
    {
        // Excluding without naming means all the others.
        var all = Property.Length == 0 && ExcludeProperty.Length > 0;
        _properties = Expression.All(all ? ["*"] : Property);
    }

    protected override void ProcessRecord()
    {
        if (InputObject is null || First == 0 && Streams)
            return;
        var position = _position++;
        if (Index is not null)
        {
            if (Index.Contains(position))
                Give(InputObject);
            return;
        }
        if (First > 0 && position >= Skip && _given < First || First < 0 && Streams && position >= Skip)
        {
            _given++;
            Give(InputObject);
            if (_given == First && Streams)
                throw EngineInternals.StopUpstream(this);
        }
        else if (!Streams)
        {
            _last.Enqueue(InputObject);
            if (_last.Count > Last + (First < 0 ? Skip : 0))
                _last.Dequeue();
        }
    }

    protected override void EndProcessing()
    {
        // With -Last, -Skip counts from the end.
        var count = Math.Min(Last, _last.Count - (First < 0 ? Skip : 0));
        if (!Streams)
            foreach (var item in _last.Take(Math.Max(0, count)))
                Give(item);
    }

    void Give(PSObject item)
    {
        if (ExpandProperty is not null)
            Expand(item);
        else
            GiveOnce(_properties.Count == 0 ? item : Selected(item));
    }

    void GiveOnce(object? value)
    {
        if (Unique && value is not null)
        {
            var item = PSObject.AsPSObject(value);
            if (_seen.Exists(other => Same(other, item)))
                return;
            _seen.Add(item);
        }
        WriteObject(value);
    }

    static bool Same(PSObject left, PSObject right)
    {
        if (left.BaseObject is not PSCustomObject || right.BaseObject is not PSCustomObject)
            return new ValueOrder(caseSensitive: true).Compare(left, right) == 0;
        var (mine, theirs) = (left.Properties.ToList(), right.Properties.ToList());
        return mine.Count == theirs.Count && mine.Zip(theirs).All(pair =>
            pair.First.Name == pair.Second.Name && new ValueOrder(caseSensitive: true).Compare(pair.First.Value, pair.Second.Value) == 0);
    }

    PSObject Selected(PSObject item)
    {
        var selected = new PSObject();
        foreach (var property in _properties)
        {
            var found = property.Resolve(item).ToList();
            // A name that the object lacks is a column all the same, with nothing in it.
            if (found.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(property.Text))
                found.Add((property.Text, null));
            foreach (var (name, value) in found.Where(pair => !Excluded(pair.Name) && selected.Properties[pair.Name] is null))
                selected.Properties.Add(new PSNoteProperty(name, value));
        }
        var type = item.BaseObject is PSCustomObject ? "System.Management.Automation.PSCustomObject" : item.BaseObject.GetType().ToString();
        selected.TypeNames.Insert(0, "Selected." + type);
        return selected;
    }

    bool Excluded(string name) => ExcludeProperty.Any(pattern => WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase).IsMatch(name));

    void Expand(PSObject item)
    {
        var (exists, value) = Expression.All([ExpandProperty!])[0].ValueOf(item);
        if (!exists)
        {
            WriteError(new(new PSArgumentException($"Property \"{ExpandProperty}\" cannot be found."), "ExpandPropertyNotFound", ErrorCategory.InvalidArgument, item));
            return;
        }
        var values = LanguagePrimitives.GetEnumerable(value)?.Cast<object?>() ?? [value];
        foreach (var each in values)
            GiveOnce(_properties.Count == 0 || each is null ? each : WithProperties(PSObject.AsPSObject(each), item));
    }

    PSObject WithProperties(PSObject value, PSObject item)
    {
        foreach (var property in Selected(item).Properties)
            value.Properties.Add(new PSNoteProperty(property.Name, property.Value));
        return value;
    }
}
