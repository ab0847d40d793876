using System.Management.Automation;
using Microsoft.PowerShell.Commands;

namespace PSFineTune.Hosting.StandIns;

[Cmdlet(VerbsDiagnostic.Measure, "Object", DefaultParameterSetName = "GenericMeasure")]
sealed class MeasureObjectCommand : PSCmdlet
{
    readonly List<(string Name, List<object?> Values)> _columns = [];
    int _count;

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0)]
    public object[] Property { get; set; } = [];

    [Parameter(ParameterSetName = "GenericMeasure")]
    public SwitchParameter Sum { get; set; }

    [Parameter(ParameterSetName = "GenericMeasure")]
    public SwitchParameter Average { get; set; }

    [Parameter(ParameterSetName = "GenericMeasure")]
    public SwitchParameter Maximum { get; set; }

    [Parameter(ParameterSetName = "GenericMeasure")]
    public SwitchParameter Minimum { get; set; }

    [Parameter(ParameterSetName = "GenericMeasure")]
    public SwitchParameter StandardDeviation { get; set; }

    [Parameter(ParameterSetName = "TextMeasure")]
    public SwitchParameter Line { get; set; }

    [Parameter(ParameterSetName = "TextMeasure")]
    public SwitchParameter Word { get; set; }

    [Parameter(ParameterSetName = "TextMeasure")]
    public SwitchParameter Character { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is null)
            return;
        _count++;
        if (Property.Length == 0)
            ValuesOf("").Add(InputObject.BaseObject);
        foreach (var property in Expression.All(Property))
            foreach (var (name, value) in property.Resolve(InputObject).Where(pair => pair.Value is not null))
                ValuesOf(name).Add(ValueOrder.Bare(value));
    }

    protected override void EndProcessing()
    {
        if (_columns.Count == 0 && _count > 0)
        {
            var error = new PSArgumentException($"The property \"{Property[0]}\" cannot be found in the input for any objects.", "Property");
            WriteError(new(error, "GenericMeasurePropertyNotFound", ErrorCategory.InvalidArgument, null));
            return;
        }
        if (_columns.Count == 0)
            _columns.Add((Property.Length == 1 ? Property[0].ToString()! : "", []));
        foreach (var (name, values) in _columns)
            WriteObject(ParameterSetName == "TextMeasure" ? Text(name, values) : Numbers(name, values));
    }

    List<object?> ValuesOf(string name)
    {
        var column = _columns.Find(entry => entry.Name == name).Values;
        if (column is null)
            _columns.Add((name, column = []));
        return column;
    }

    TextMeasureInfo Text(string name, List<object?> values)
    {
        var texts = values.ConvertAll(value => LanguagePrimitives.ConvertTo<string>(value));
        return new()
        {
            Property = name.Length == 0 ? null : name,
            Lines = Line ? texts.Sum(text => text.Length == 0 ? 0 : text.TrimEnd('\n').Count(c => c == '\n') + 1) : null,
            Words = Word ? texts.Sum(text => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length) : null,
            Characters = Character ? texts.Sum(text => text.Length) : null,
        };
    }

    MeasureInfo Numbers(string name, List<object?> values)
    {
        var numeric = Sum || Average || StandardDeviation;
        var numbers = numeric || Maximum || Minimum ? values.Select(Number).Where(number => number is not null).Select(number => number!.Value).ToList() : [];
        var order = new ValueOrder(caseSensitive: false);
        double? sum = numeric ? numbers.Sum() : null;
        double? mean = numeric && numbers.Count > 0 ? sum / numbers.Count : null;
        double? deviation = StandardDeviation && numbers.Count > 0
            ? numbers.Count == 1 ? 0 : Math.Sqrt(numbers.Sum(number => (number - mean!.Value) * (number - mean.Value)) / (numbers.Count - 1)) : null;
        var property = name.Length == 0 ? null : name;
        if ((Maximum || Minimum) && (numbers.Count < values.Count || values.Exists(value => value is string)))
            return new GenericObjectMeasureInfo
            {
                Property = property, Count = values.Count, Sum = Sum ? sum : null, Average = Average ? mean : null, StandardDeviation = deviation,
                Maximum = Maximum ? values.Order(Comparer<object?>.Create(order.Compare)).LastOrDefault() : null,
                Minimum = Minimum ? values.Order(Comparer<object?>.Create(order.Compare)).FirstOrDefault() : null,
            };
        return new GenericMeasureInfo
        {
            Property = property, Count = values.Count, Sum = Sum ? sum : null, Average = Average ? mean : null, StandardDeviation = deviation,
            Maximum = Maximum && numbers.Count > 0 ? numbers.Max() : null, Minimum = Minimum && numbers.Count > 0 ? numbers.Min() : null,
        };
    }

    double? Number(object? value)
    {
        if (LanguagePrimitives.TryConvertTo<double>(value, out var number))
            return number;
        // Least and greatest are asked of anything; sums only of numbers.
        if (Sum || Average || StandardDeviation)
            WriteError(new(new PSInvalidCastException($"Input object \"{value}\" is not numeric."), "NonNumericInputObject", ErrorCategory.InvalidType, value));
        return null;
    }
}

[Cmdlet(VerbsDiagnostic.Measure, "Command"), OutputType(typeof(TimeSpan))]
sealed class MeasureCommandCommand : PSCmdlet
{
    readonly System.Diagnostics.Stopwatch _watch = new();

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0, Mandatory = true)]
    public ScriptBlock Expression { get; set; } = null!;

    protected override void ProcessRecord()
    {
        _watch.Start();
        // In the caller's scope, as the engine's own command does; what it writes is dropped.
        InvokeCommand.InvokeScript(false, Expression, InputObject is null ? null : new List<object> { InputObject });
        _watch.Stop();
    }

    protected override void EndProcessing() => WriteObject(_watch.Elapsed);
}
