using System.Collections;
using System.Management.Automation;
using System.Text.Json.Nodes;
using PSFineTune.Augment;

namespace PSFineTune.Cmdlets;

/// <summary>What scripts hold of our records once they went through ConvertFrom-Json, a job or a hashtable: JSON again, for the core to read.</summary>
static class ObjectJson
{
    // Deeper than any record of ours; an object that holds itself would have no end.
    const int MostDepth = 12;

    public static JsonNode? Of(object? value, int depth = 0)
    {
        if (depth > MostDepth) return null;
        return (value is PSObject wrapped && wrapped.BaseObject is not PSCustomObject ? wrapped.BaseObject : value) switch
        {
            null => null,
            JsonNode node => node.DeepClone(),
            string text => JsonValue.Create(text),
            bool truth => JsonValue.Create(truth),
            Enum word => JsonValue.Create(word.ToString()),
            AugmentOp op => JsonNode.Parse(PlanJson.WriteLine(op)),
            Edit edit => JsonNode.Parse(PlanJson.WriteLine(edit)),
            Numbers numbers => JsonNode.Parse(PlanJson.WriteLine(numbers)),
            AugmentDraw draw => JsonNode.Parse(PlanJson.WriteLine(draw)),
            PSObject custom => new JsonObject(custom.Properties.Select(property => KeyValuePair.Create(property.Name, Of(property.Value, depth + 1)))),
            IDictionary table => new JsonObject(table.Cast<DictionaryEntry>().Select(entry => KeyValuePair.Create(entry.Key.ToString()!, Of(entry.Value, depth + 1)))),
            IEnumerable list => new JsonArray([.. list.Cast<object?>().Select(item => Of(item, depth + 1))]),
            var other => System.Text.Json.JsonSerializer.SerializeToNode(other),
        };
    }
}
