using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PSFineTune.Hosting.StandIns;

[Cmdlet(VerbsData.ConvertTo, "Json"), OutputType(typeof(string))]
sealed class ConvertToJsonCommand : PSCmdlet
{
    readonly List<object?> _items = [];
    bool _tooDeep;

    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true), AllowNull]
    public object? InputObject { get; set; }

    [Parameter, ValidateRange(0, 100)]
    public int Depth { get; set; } = 2;

    [Parameter]
    public SwitchParameter Compress { get; set; }

    [Parameter]
    public SwitchParameter AsArray { get; set; }

    [Parameter]
    public SwitchParameter EnumsAsStrings { get; set; }

    protected override void ProcessRecord() => _items.Add(InputObject);

    protected override void EndProcessing()
    {
        if (_items.Count == 0)
            return;
        using var stream = new MemoryStream();
        var options = new JsonWriterOptions { Indented = !Compress, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = Environment.NewLine, MaxDepth = 1000 };
        using (var writer = new Utf8JsonWriter(stream, options))
            Write(writer, _items.Count > 1 || AsArray ? _items : _items[0], 0);
        if (_tooDeep)
            WriteWarning($"Resulting JSON is truncated as serialization has exceeded the set depth of {Depth}.");
        WriteObject(Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length));
    }

    void Write(Utf8JsonWriter writer, object? given, int depth)
    {
        var value = given is PSObject wrapped && wrapped.BaseObject is not PSCustomObject ? wrapped.BaseObject : given;
        if (WritePlain(writer, value))
            return;
        if (depth > Depth)
        {
            _tooDeep = true;
            writer.WriteStringValue(PSObject.AsPSObject(given!).ToString());
        }
        else if (value is IDictionary table)
            WriteObject(writer, table.Cast<DictionaryEntry>().Select(entry => (LanguagePrimitives.ConvertTo<string>(entry.Key), entry.Value)), depth);
        else if (value is IEnumerable many)
        {
            writer.WriteStartArray();
            foreach (var item in many)
                Write(writer, item, depth + 1);
            writer.WriteEndArray();
        }
        else
            WriteObject(writer, Properties(PSObject.AsPSObject(given!)), depth);
    }

    bool WritePlain(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null or DBNull or System.Management.Automation.Language.NullString: writer.WriteNullValue(); break;
            case string or char or Guid or Uri or Version or SemanticVersion or Type: writer.WriteStringValue(value.ToString()); break;
            case bool flag: writer.WriteBooleanValue(flag); break;
            case DateTime time: writer.WriteStringValue(time.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture)); break;
            case DateTimeOffset time: writer.WriteStringValue(time.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture)); break;
            case Enum when EnumsAsStrings: writer.WriteStringValue(value.ToString()); break;
            case Enum: writer.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture)); break;
            case double number: WriteNumber(writer, number, number.ToString("R", CultureInfo.InvariantCulture)); break;
            case float number: WriteNumber(writer, number, number.ToString("R", CultureInfo.InvariantCulture)); break;
            case decimal or System.Numerics.BigInteger: writer.WriteRawValue(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture)); break;
            case byte or sbyte or short or ushort or int or uint or long or ulong: writer.WriteRawValue(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture)); break;
            default: return false;
        }
        return true;
    }

    // As PowerShell writes them: 1.0 keeps its point, and what JSON cannot say is a string.
    static void WriteNumber(Utf8JsonWriter writer, double number, string text)
    {
        if (!double.IsFinite(number))
            writer.WriteStringValue(text);
        else
            writer.WriteRawValue(text.AsSpan().IndexOfAny('.', 'E') < 0 ? text + ".0" : text);
    }

    void WriteObject(Utf8JsonWriter writer, IEnumerable<(string Name, object? Value)> properties, int depth)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in properties)
        {
            writer.WritePropertyName(name);
            Write(writer, value, depth + 1);
        }
        writer.WriteEndObject();
    }

    static IEnumerable<(string Name, object? Value)> Properties(PSObject item)
    {
        foreach (var property in item.Properties.Where(property => property.IsGettable && (item.BaseObject is PSCustomObject || Serialised(property))))
        {
            object? value;
            try
            {
                value = property.Value;
            }
            catch (GetValueException)
            {
                value = null;
            }
            yield return (property.Name, value);
        }
    }

    // Of .NET objects PowerShell writes what they are and what was added to them, no computed views of theirs.
    static bool Serialised(PSPropertyInfo property) => property.MemberType is PSMemberTypes.Property or PSMemberTypes.NoteProperty;
}
