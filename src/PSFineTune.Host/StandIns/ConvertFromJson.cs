using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Numerics;
using System.Text.Json;

namespace PSFineTune.Hosting.StandIns;

[Cmdlet(VerbsData.ConvertFrom, "Json"), OutputType(typeof(PSObject), typeof(Hashtable))]
sealed class ConvertFromJsonCommand : PSCmdlet
{
    readonly List<string> _lines = [];

    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true), AllowEmptyString]
    public string InputObject { get; set; } = "";

    [Parameter]
    public SwitchParameter AsHashtable { get; set; }

    [Parameter, ValidateRange(1, int.MaxValue)]
    public int Depth { get; set; } = 1024;

    [Parameter]
    public SwitchParameter NoEnumerate { get; set; }

    protected override void ProcessRecord() => _lines.Add(InputObject);

    protected override void EndProcessing()
    {
        // A document in lines is one document; where the first line is one by itself, so is each.
        var text = string.Join('\n', _lines);
        if (_lines.Count > 1 && Whole(_lines[0]))
            foreach (var line in _lines.Where(line => line.Length > 0))
                Give(line);
        else if (!string.IsNullOrWhiteSpace(text))
            Give(text);
    }

    static bool Whole(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    void Give(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new() { MaxDepth = Depth, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            WriteObject(Convert(document.RootElement), enumerateCollection: !NoEnumerate && document.RootElement.ValueKind == JsonValueKind.Array);
        }
        catch (JsonException error)
        {
            ThrowTerminatingError(new(new ArgumentException("Conversion from JSON failed with error: " + error.Message, error), "System.ArgumentException", ErrorCategory.NotSpecified, null));
        }
    }

    object? Convert(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => AsHashtable ? Table(element) : Properties(element),
        JsonValueKind.Array => element.EnumerateArray().Select(Convert).ToArray(),
        JsonValueKind.String => Text(element.GetString()!),
        JsonValueKind.Number => Number(element),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    System.Collections.Specialized.OrderedDictionary Table(JsonElement element)
    {
        // Keys as they are written: they may differ in case only.
        var table = new System.Collections.Specialized.OrderedDictionary(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject())
            table[property.Name] = Convert(property.Value);
        return table;
    }

    PSObject Properties(JsonElement element)
    {
        var item = new PSObject();
        foreach (var property in element.EnumerateObject())
            if (item.Properties[property.Name] is { } other && other.Name != property.Name)
                throw new JsonException($"the keys '{other.Name}' and '{property.Name}' differ in case only; use -AsHashtable.");
            else
                item.Properties.Add(new PSNoteProperty(property.Name, Convert(property.Value)));
        return item;
    }

    static object Text(string text) =>
        text.Length >= 19 && text[4] == '-' && text[10] == 'T' &&
        DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time) ? time : text;

    static object Number(JsonElement element)
    {
        var text = element.GetRawText();
        if (text.AsSpan().IndexOfAny(".eE") >= 0)
            return element.GetDouble();
        return element.TryGetInt64(out var number) ? (object)number : BigInteger.Parse(text, CultureInfo.InvariantCulture);
    }
}
