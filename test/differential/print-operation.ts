import {
  type ArgumentTree,
  type ArgumentWay,
  type ConditionTree,
  EnumName,
  NestedVariable,
  nullableText,
  type OperationTree,
  type SelectionTree,
} from './operation-arbitrary.ts';

export interface PrintedOperation {
  readonly document: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

interface Printing {
  readonly definitions: string[];
  readonly variables: Record<string, unknown>;
  readonly fragments: string[];
  readonly hasUniqueAliases: boolean;
  count: number;
}

/**
 * Prints a tree as a document with variables. With `hasUniqueAliases` every field gets an alias of its own, so that no two
 * selections conflict; without, a document may be invalid and the caller must look.
 */
export function printOperation(tree: OperationTree, rootType: string, hasUniqueAliases: boolean): PrintedOperation {
  const printing: Printing = { definitions: [], variables: {}, fragments: [], hasUniqueAliases, count: 0 };
  const selections = printSelections(tree.selections, rootType, printing);
  const head =
    printing.definitions.length > 0 ? `${tree.kind} Op(${printing.definitions.join(', ')})` : `${tree.kind} Op`;
  return {
    document: [`${head} ${selections}`, ...printing.fragments].join('\n'),
    variables: JSON.parse(JSON.stringify(printing.variables)),
  };
}

function printSelections(selections: readonly SelectionTree[], _parent: string, printing: Printing): string {
  return `{ ${selections.map((selection) => printSelection(selection, _parent, printing)).join(' ')} }`;
}

function printSelection(selection: SelectionTree, parent: string, printing: Printing): string {
  const condition = printCondition(selection.condition, printing);
  if (selection.kind === 'field') {
    const args = selection.args.flatMap((argument) => printArgument(argument, printing) ?? []);
    const alias = printing.hasUniqueAliases ? `f${printing.count++}` : selection.alias;
    const name = alias === undefined ? selection.name : `${alias}: ${selection.name}`;
    const list = args.length > 0 ? `(${args.join(', ')})` : '';
    const below = selection.selections.length > 0 ? ` ${printSelections(selection.selections, '', printing)}` : '';
    return `${name}${list}${condition}${below}`;
  }
  const below = printSelections(selection.selections, selection.on ?? parent, printing);
  const on = selection.on ?? parent;
  if (selection.kind === 'inline' || on === '') {
    return `...${selection.on === undefined ? '' : ` on ${selection.on}`}${condition} ${below}`;
  }
  const name = `F${printing.count++}`;
  printing.fragments.push(`fragment ${name} on ${on} ${below}`);
  return `...${name}${condition}`;
}

function printCondition(condition: ConditionTree | undefined, printing: Printing): string {
  if (condition === undefined) return '';
  const { directive, value, isVariable } = condition;
  if (!isVariable) return ` @${directive}(if: ${value})`;
  const name = `c${printing.count++}`;
  printing.definitions.push(`$${name}: Boolean!`);
  printing.variables[name] = value;
  return ` @${directive}(if: $${name})`;
}

function printArgument(argument: ArgumentTree, printing: Printing): string | undefined {
  const { name, type, value, how } = argument;
  if (how === 'absent') return undefined;
  if (how === 'literal') return `${name}: ${printValue(value, printing)}`;
  return `${name}: ${printVariable(how === 'omitted' ? nullableText(type) : type, value, how, printing)}`;
}

/** Defines a variable, gives it its value, and uses it. */
function printVariable(
  type: string,
  value: unknown,
  how: Exclude<ArgumentWay, 'absent' | 'literal'>,
  printing: Printing,
): string {
  const name = `v${printing.count++}`;
  switch (how) {
    case 'variable':
      printing.definitions.push(`$${name}: ${type}`);
      printing.variables[name] = value;
      break;
    case 'default':
      printing.definitions.push(`$${name}: ${type} = ${printValue(value, undefined)}`);
      break;
    case 'overridden':
      printing.definitions.push(`$${name}: ${type} = ${printValue(value, undefined)}`);
      printing.variables[name] = type.endsWith('!') ? value : null;
      break;
    case 'omitted':
      printing.definitions.push(`$${name}: ${type}`);
      break;
    default:
      how satisfies never;
  }
  return `$${name}`;
}

/** `printing` undefined: the value stands where there are no variables. */
function printValue(value: unknown, printing: Printing | undefined): string {
  if (value instanceof EnumName) return value.name;
  if (value instanceof NestedVariable) {
    if (printing === undefined) return printValue(value.value, undefined);
    return printVariable(value.type, value.value, value.how, printing);
  }
  if (Array.isArray(value)) return `[${value.map((item) => printValue(item, printing)).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{ ${Object.entries(value)
      .map(([key, each]) => `${key}: ${printValue(each, printing)}`)
      .join(', ')} }`;
  }
  return JSON.stringify(value);
}
