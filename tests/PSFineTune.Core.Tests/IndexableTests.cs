using System.Collections;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Lists that scripts see: of those that the compiler makes for [..] PowerShell's $list[0] is nothing, without an error.</summary>
public class IndexableTests
{
    public static TheoryData<string, string> Lists =>
    [
        .. from type in typeof(FineTuneException).Assembly.GetExportedTypes()
           where !type.IsAbstract && type.GetConstructor([]) is not null
           from property in type.GetProperties()
           where property.CanWrite && property.PropertyType.IsGenericType && property.PropertyType.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)
           select (type.FullName!, property.Name),
    ];

    [Theory, MemberData(nameof(Lists))]
    public void A_list_of_a_record_can_be_indexed_by_a_script(string type, string name)
    {
        var made = Activator.CreateInstance(typeof(FineTuneException).Assembly.GetType(type)!)!;
        var property = made.GetType().GetProperty(name)!;
        AssertIndexable(property.GetValue(made));

        var elements = property.PropertyType.GetGenericArguments()[0].MakeArrayType();
        var foreign = Array.CreateInstance(elements.GetElementType()!, 2);
        property.SetValue(made, Activator.CreateInstance(typeof(System.Collections.ObjectModel.ReadOnlyCollection<>).MakeGenericType(elements.GetElementType()!), foreign));
        AssertIndexable(property.GetValue(made));
        Assert.Equal(2, ((ICollection)property.GetValue(made)!).Count);
    }

    static void AssertIndexable(object? list) => Assert.True(list is Array || list!.GetType().Name == "List`1", $"The list is a {list!.GetType().Name}.");
}
