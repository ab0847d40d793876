using Xunit.Sdk;
using Xunit.v3;

[assembly: Xunit.TestCollectionOrderer(typeof(PSFineTune.Tests.LongestFirst))]

namespace PSFineTune.Tests;

/// <summary>The tests that train go one after the other and take as long as all others: begun first, they run beside them, and not alone at the end.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection => [.. testCollections.OrderByDescending(collection => collection.TestCollectionDisplayName == "Training")];
}
