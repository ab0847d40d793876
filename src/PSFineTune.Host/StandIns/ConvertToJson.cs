using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text;
using System.Text.Encodings.Web;

namespace PSFineTune.Hosting.StandIns;

[Cmdlet(VerbsData.ConvertTo, "Json"), OutputType(typeof(string))]
sealed class ConvertToJsonCommand : PSCmdlet
{
    readonly List<object?> _items = [];
    readonly StringBuilder _text = new();
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
        Write(_items.Count > 1 || AsArray ? _items : _items[0], 0);
        if (_tooDeep)
            WriteWarning($"Resulting JSON is truncated as serialization has exceeded the set depth of {Depth}.");
        WriteObject(_text.ToString());
    }

    void Write(object? given, int depth)
    {
        var value = given is PSObject wrapped && wrapped.BaseObject is not PSCustomObject ? wrapped.BaseObject : given;
        if (Plain(value) is { } plain)
            _text.Append(plain);
        else if (depth > Depth)
        {
            _tooDeep = true;
            _text.Append(Quoted(PSObject.AsPSObject(given!).ToString()));
        }
        else if (value is IDictionary table)
            WriteProperties(table.Cast<DictionaryEntry>().Select(entry => (LanguagePrimitives.ConvertTo<string>(entry.Key), entry.Value)), depth);
        else if (value is IEnumerable many)
            WriteBetween('[', ']', many.Cast<object?>(), depth, item => Write(item, depth + 1));
        else
            WriteProperties(Properties(PSObject.AsPSObject(given!)), depth);
    }

    void WriteProperties(IEnumerable<(string Name, object? Value)> properties, int depth) =>
        WriteBetween('{', '}', properties, depth, property =>
        {
            _text.Append(Quoted(property.Name)).Append(Compress ? ":" : ": ");
            Write(property.Value, depth + 1);
        });

    void WriteBetween<T>(char open, char close, IEnumerable<T> items, int depth, Action<T> write)
    {
        var any = false;
        _text.Append(open);
        foreach (var item in items)
        {
            _text.Append(any ? "," : "");
            NewLine(depth + 1);
            write(item);
            any = true;
        }
        if (any)
            NewLine(depth);
        _text.Append(close);
    }

    void NewLine(int depth)
    {
        if (!Compress)
            _text.AppendLine().Append(' ', 2 * depth);
    }

    string? Plain(object? value) => value switch
    {
        null or DBNull or System.Management.Automation.Language.NullString => "null",
        string or char or Guid or Uri or Version or SemanticVersion or Type => Quoted(value.ToString()!),
        bool flag => flag ? "true" : "false",
        DateTime time => Quoted(time.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture)),
        DateTimeOffset time => Quoted(time.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture)),
        Enum name when EnumsAsStrings => Quoted(name.ToString()),
        Enum name => name.ToString("D"),
        double number => Number(number, number.ToString("R", CultureInfo.InvariantCulture)),
        float number => Number(number, number.ToString("R", CultureInfo.InvariantCulture)),
        byte or sbyte or short or ushort or int or uint or long or ulong or decimal or System.Numerics.BigInteger
            => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        _ => null,
    };

    // As PowerShell writes them: 1.0 keeps its point, and what JSON cannot say is a string.
    static string Number(double number, string text) =>
        !double.IsFinite(number) ? Quoted(text) : text.AsSpan().IndexOfAny('.', 'E') < 0 ? text + ".0" : text;

    static string Quoted(string text) => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)}\"";

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
