using System.Text;

namespace PSFineTune.Hosting.StandIns;

static class CsvText
{
    /// <summary>Records of delimited text with quoted fields (RFC 4180); empty lines are none.</summary>
    public static IEnumerable<List<string>> Records(string text, char delimiter)
    {
        var (record, field, quoted, any) = (new List<string>(), new StringBuilder(), false, false);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quoted)
            {
                if (c != '"')
                    field.Append(c);
                else if (i + 1 < text.Length && text[i + 1] == '"')
                    field.Append(text[++i]);
                else
                    quoted = false;
            }
            else if (c == '"' && field.ToString().Trim().Length == 0)
                (quoted, any) = (field.Clear() is not null, true);
            else if (c == delimiter)
                (any, field) = (Add(record, field), new());
            else if (c is '\n')
            {
                if (any || field.Length > 0)
                {
                    record.Add(field.ToString());
                    yield return record;
                }
                (record, field, any) = ([], new(), false);
            }
            else if (c is not '\r')
                field.Append(c);
        }
        if (any || field.Length > 0)
        {
            record.Add(field.ToString());
            yield return record;
        }
    }

    static bool Add(List<string> record, StringBuilder field)
    {
        record.Add(field.ToString());
        return true;
    }
}
