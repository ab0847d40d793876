using System.Security.Cryptography;
using System.Text;

namespace PSFineTune.Training;

/// <summary>What makes two plans the same run.</summary>
static class PlanHash
{
    /// <summary>SHA-256 of the plan as JSON, without the fingerprint of its data; lower-case hexadecimal.</summary>
    public static string Of(TrainingPlan plan) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(
        PlanJson.Write(plan.Dataset is null ? plan : plan with { Dataset = plan.Dataset with { Fingerprint = "" } })))).ToLowerInvariant();
}
