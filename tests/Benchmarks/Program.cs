using System.Text.Encodings.Web;
using System.Text.Json;
using PSFineTune;
using PSFineTune.Augment;
using PSFineTune.Benchmarks;

const string Usage = """
    usage: PSFineTune.Benchmarks FOLDER [COUNT] [--threads N] [--ops | --op NAME | --epochs N | --steps N | --evaluate WEIGHTS | --forward MODEL | --onnx MODEL | --chinese JIEBA | --texts | --judge | --audit | --svm TEST --kernel NAME | --precision MODEL | --vectors VECTORS | --pretrain VOCAB | --tune WEIGHTS | --drift KIND [--model MODEL] | --compare RESAMPLES | --uneven RESAMPLES | --labels]

    Measures, on the first COUNT (300) jpg files below FOLDER, and prints one JSON line each: images per second of the chains
    of the peer, with --ops of every op alone, with --op of one; with --epochs the resident memory after each,
    with --steps that of a training on FOLDER's classes, with --evaluate the evaluation of MobileNetV2, with --forward the passes of a network without gradients,
    with --onnx those of the engine of predictions beside ONNX Runtime on the exported file, and on the photos of FOLDER where it has any,
    with --chinese the words of a file FOLDER of titles, by jieba's dictionary and tables in the folder JIEBA,
    with --svm the training of a machine on a file FOLDER in LIBSVM's format, COUNT (3) times, and its accuracy on the file TEST: NAME is LinearSvm, or a kernel,
    with --audit an audit of COUNT made-up photos, which are made in FOLDER, against decoding them,
    with --texts the import of a file FOLDER of labelled texts,
    with --judge a whole evaluation of the labels and probabilities in a file FOLDER that judging.py writes,
    with --precision those of a network that trains, at COUNT pixels, in float32 and in bfloat16,
    with --vectors what networks on word vectors reach on TREC and SST-2 in the folder FOLDER (label and text in each line), and in what time,
    with --pretrain the loss of a small BERT on masked words of the texts in FOLDER, for COUNT epochs, by the pieces of VOCAB; it is written to FOLDER's
    own "bert" folder of the working directory, with --tune what WEIGHTS reach on TREC and what the same network reaches from random weights, after COUNT epochs,
    with --drift what Measure-DataDrift says in COUNT (500) comparisons without drift and a fifth of them with it: KIND is photos (in class folders in FOLDER, by
    MODEL's features or the module's own), texts (FOLDER has sms-spam, sent-conv and thucnews-titles) or normal (numbers; FOLDER is not read),
    with --compare how often Compare-FineTuneModel promotes and rejects in COUNT (10000) comparisons of synthetic models; FOLDER is not read,
    with --uneven the same by macro-F1, of classes that are small and models that err otherwise than each other,
    with --labels how many wrong labels are found among photos in class folders or in a file FOLDER of labels, tabs and texts, a twentieth of which are made wrong.
    """;

// A chain's name has a plus sign, which is to stay one.
var plain = new JsonSerializerOptions { NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
var words = new List<string>();
var (threads, epochs, steps, texts, judge, labels, audit) = (1, 0, 0, false, false, false, false);
IEnumerable<string> ops = [];
string? weights = null, model = null, trained = null, chinese = null, tested = null, vectors = null, pieces = null, tuned = null, drift = null, package = null, compare = null, uneven = null, exported = null;
var kernel = "LinearSvm";
try
{
    for (var i = 0; i < args.Length; i++)
        switch (args[i])
        {
            case "--threads": threads = int.Parse(args[++i]); break;
            case "--epochs": epochs = int.Parse(args[++i]); break;
            case "--steps": steps = int.Parse(args[++i]); break;
            case "--ops": ops = Catalog<AugmentOp>.Names; break;
            case "--evaluate": weights = args[++i]; break;
            case "--texts": texts = true; break;
            case "--judge": judge = true; break;
            case "--audit": audit = true; break;
            case "--chinese": chinese = args[++i]; break;
            case "--svm": tested = args[++i]; break;
            case "--kernel": kernel = args[++i]; break;
            case "--vectors": vectors = args[++i]; break;
            case "--pretrain": pieces = args[++i]; break;
            case "--tune": tuned = args[++i]; break;
            case "--labels": labels = true; break;
            case "--drift": drift = args[++i]; break;
            case "--compare": compare = args[++i]; break;
            case "--uneven": uneven = args[++i]; break;
            case "--model": package = args[++i]; break;
            case "--onnx": exported = args[++i]; break;
            case "--forward": model = args[++i]; break;
            case "--precision": trained = args[++i]; break;
            case "--op": ops = [args[++i]]; break;
            default: words.Add(args[i]); break;
        }
    if (words.Count is 0 or > 2 || words.Any(word => word.StartsWith('-'))) throw new FormatException();
    var count = words.Count > 1 ? int.Parse(words[1]) : 300;

    if (audit)
    {
        foreach (var one in AuditSpeed.Measure(words[0], count)) Console.WriteLine(JsonSerializer.Serialize(one, plain));
        return 0;
    }
    if (texts || judge)
    {
        foreach (var one in texts ? TextSpeed.Measure(words[0]) : JudgingSpeed.Measure(words[0])) Console.WriteLine(JsonSerializer.Serialize(one, plain));
        return 0;
    }
    if (exported is not null)
    {
        foreach (var one in OnnxSpeed.Measure(words[0], exported, threads)) Console.WriteLine(JsonSerializer.Serialize(one, plain));
        return 0;
    }
    if (labels)
    {
        foreach (var one in LabelNoise.Measure(words[0])) Console.WriteLine(JsonSerializer.Serialize(one, plain));
        return 0;
    }
    if (uneven is not null)
    {
        foreach (var one in UnevenComparisonErrors.Simulated(words.Count > 1 ? count : 10_000, int.Parse(uneven))) Console.WriteLine(JsonSerializer.Serialize(one, plain));
        return 0;
    }
    if (compare is not null)
    {
        foreach (var one in ComparisonErrors.Simulated(words.Count > 1 ? count : 10_000, int.Parse(compare))) Console.WriteLine(JsonSerializer.Serialize(one, plain));
        return 0;
    }
    if (drift is not null)
    {
        var draws = words.Count > 1 ? count : 500;
        foreach (var one in drift switch { "photos" => DriftPower.Photos(words[0], package, draws), "texts" => DriftPower.Texts(words[0], draws), "normal" => DriftPower.Normal(draws), _ => throw new FormatException() })
            Console.WriteLine(JsonSerializer.Serialize(one, plain));
        return 0;
    }
    var ofTexts = chinese is not null ? ChineseSpeed.Measure(words[0], chinese) : vectors is not null ? TextAccuracy.Measure(words[0], vectors, threads)
        : pieces is not null ? MaskedPretraining.Run(words[0], pieces, count, threads) : tuned is not null ? TextAccuracy.Tune(words[0], tuned, count, threads) : null;
    if (ofTexts is not null)
    {
        foreach (var one in ofTexts) Console.WriteLine(JsonSerializer.Serialize(one, plain));
        return 0;
    }
    if (tested is not null)
    {
        foreach (var one in SvmSpeed.Measure(words[0], tested, kernel, words.Count > 1 ? count : 3, threads)) Console.WriteLine(JsonSerializer.Serialize(one, plain));
        return 0;
    }
    string[] files = [.. Directory.GetFiles(words[0], "*.jpg", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Take(count)];
    if (files.Length == 0 && steps == 0 && trained is null) throw new FormatException();
    var chains = new ChainSpeed(files, threads);
    var measured = weights is not null ? EvaluationSpeed.Measure(files, weights, threads) : model is not null ? ForwardSpeed.Measure(model, threads)
        : trained is not null ? PrecisionSpeed.Measure(trained, count, threads) : steps > 0 ? TrainingMemory.Measure(words[0], steps) : epochs > 0 ? EpochMemory.Measure(chains, files.Length, epochs) : ops.Any() ? new OpSpeed(files).Measure(ops) : chains.Measure();
    foreach (var one in measured) Console.WriteLine(JsonSerializer.Serialize(one, plain));
    return 0;
}
catch (Exception wrong) when (wrong is FormatException or IndexOutOfRangeException or DirectoryNotFoundException)
{
    Console.Error.WriteLine(Usage);
    return 2;
}
catch (FineTuneException wrong)
{
    Console.Error.WriteLine(wrong.Message);
    return 1;
}
